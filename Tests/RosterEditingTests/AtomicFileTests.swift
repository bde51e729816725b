import Foundation
import Glibc
import Testing

@testable import RosterEditing

@Suite("Files that are whole or not there")
struct AtomicFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "roster-file-\(UUID().uuidString)").path

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

    private func inFolder(_ body: () throws -> Void) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body()
    }

    /// A Boolean value that indicates whether the file system supports unnamed files; others use a temporary name.
    private var hasNamelessFiles: Bool {
        let file = open(folder, O_WRONLY | 0o20_000_000 | O_DIRECTORY, 0o600)
        if file >= 0 { close(file) }
        return file >= 0
    }

    @Test("A file has no name while it is written, so that nothing remains if the program is killed")
    func nothingBefore() throws {
        try inFolder {
            var file = try AtomicFile(path: folder + "/registry.json")
            try file.write(Array("half of it, ".utf8))
            let meanwhile = try names()
            #expect(meanwhile.isEmpty == hasNamelessFiles && !meanwhile.contains("registry.json"))
            try file.write(Array("and the rest".utf8))
            try file.finish()
            #expect(try names() == ["registry.json"])
            #expect(
                try String(contentsOfFile: folder + "/registry.json", encoding: .utf8) == "half of it, and the rest"
            )
        }
    }

    @Test("A discarded file leaves the old one unchanged", arguments: [false, true])
    func givenUp(isThere: Bool) throws {
        try inFolder {
            let path = folder + "/registry.json"
            if isThere { try Data("old".utf8).write(to: URL(fileURLWithPath: path)) }
            do {
                var file = try AtomicFile(path: path)
                try file.write(Array("new".utf8))
            }
            #expect(try names() == (isThere ? ["registry.json"] : []))
            if isThere { #expect(try String(contentsOfFile: path, encoding: .utf8) == "old") }
        }
    }

    @Test("A file gets the mode of the one that it replaces, and a new one that of the user's mask")
    func modes() throws {
        try inFolder {
            let path = folder + "/registry.json"
            func mode() throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            }
            try Data().write(to: URL(fileURLWithPath: folder + "/plain"))
            let usual = try FileManager.default.attributesOfItem(atPath: folder + "/plain")[.posixPermissions] as? Int
            try AtomicFile(path: path).finish()
            #expect(try mode() == usual)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            try AtomicFile(path: path).finish()
            #expect(try mode() == 0o600)
        }
    }
}
