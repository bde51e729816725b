import Foundation
import Testing

@testable import RosterEditing

@Suite("Writing into a working tree")
struct WorkingTreeWriterTests {
    private let root = FileManager.default.temporaryDirectory.appending(path: "roster-write-\(UUID().uuidString)").path
    private let one = Array("one\n".utf8)
    private let two = Array("two\n".utf8)

    private func with(_ body: (WorkingTreeWriter) throws -> Void) throws {
        try FileManager.default.createDirectory(atPath: root + "/a", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        try Data(one).write(to: URL(fileURLWithPath: root + "/a/one"))
        try body(WorkingTreeWriter(root: root))
    }

    private func files() -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? [] {
            let data = try? Data(contentsOf: URL(fileURLWithPath: root + "/" + name))
            if let data { files[name] = Array(data) }
        }
        return files
    }

    @Test func changesAreMadeInTheirOrder() throws {
        try with { writer in
            try writer.apply([.replace(path: "a/one", old: one, new: two), .create(path: "b/c/new", bytes: one)])
            try writer.apply([
                .move(path: "b/c/new", to: "d/moved", old: one, new: two), .delete(path: "a/one", old: two),
            ])
            #expect(files() == ["d/moved": two])
        }
    }

    @Test func removesFilesLast() throws {
        try with { writer in
            try writer.apply([.create(path: "link", bytes: one)])
            var states: [[String: [UInt8]]] = []
            // A rename: the link that a kill leaves in the old file still leads somewhere.
            let rename: [FileChange] = [
                .move(path: "a/one", to: "a/two", old: one, new: one), .replace(path: "link", old: one, new: two),
            ]
            try writer.apply(rename) { _ in states.append(files()) }
            #expect(states == [["a/one": one, "a/two": one, "link": two], ["a/two": one, "link": two]])
        }
    }

    @Test func aFileThatChangedKeepsEveryChangeFromBeingMade() throws {
        try with { writer in
            for late: FileChange in [
                .replace(path: "a/one", old: two, new: one), .delete(path: "a/one", old: two),
                .move(path: "a/one", to: "x", old: two, new: two), .delete(path: "gone", old: two),
            ] {
                let failure = #expect(throws: EditFailure.self) {
                    try writer.apply([.create(path: "b/new", bytes: one), late])
                }
                #expect(failure?.code == .changed, "\(late.path)")
                #expect(files() == ["a/one": one])
            }
        }
    }

    @Test func whatIsThereIsNotReplacedByWhatIsNew() throws {
        try with { writer in
            let failure = #expect(throws: EditFailure.self) { try writer.apply([.create(path: "a/one", bytes: two)]) }
            #expect(failure?.code == .exists)
            #expect(files() == ["a/one": one])
        }
    }

    @Test func revertsChangesAfterAFailure() throws {
        try with { writer in
            let failure = #expect(throws: EditFailure.self) {
                try writer.apply([
                    .create(path: "b/new", bytes: one), .move(path: "a/one", to: "b/moved", old: one, new: two),
                    .create(path: "b/new/below-a-file", bytes: one),
                ])
            }
            #expect(failure?.code == .unwritable)
            #expect(files() == ["a/one": one])
            #expect(!FileManager.default.fileExists(atPath: root + "/b"))
        }
    }

    @Test func noPartOfAPathIsALink() throws {
        try with { writer in
            try FileManager.default.createSymbolicLink(atPath: root + "/l", withDestinationPath: root + "/a")
            try FileManager.default.createSymbolicLink(atPath: root + "/a/f", withDestinationPath: root + "/a/one")
            for change: FileChange in [
                .create(path: "l/new", bytes: two), .replace(path: "l/one", old: one, new: two),
                .replace(path: "a/f", old: one, new: two), .delete(path: "l/one", old: one),
                .move(path: "a/one", to: "l/moved", old: one, new: one),
            ] {
                #expect(throws: EditFailure.self) { try writer.apply([change]) }
            }
            #expect(files()["a/one"] == one)
            #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/a").sorted() == ["f", "one"])
        }
    }
}
