import Foundation
import RosterBackend
import RosterCompiler
import RosterDiagnostics
import RosterJSON
import RosterModel
import RosterSources
import RosterTestSupport
import Testing

@testable import RosterEditing

/// Edits of generated files, checked by programs that share no code with Roster.
@Suite("Edits as other programs see them")
struct EditPeerTests {
    private static let count: UInt64 = 600

    @Test("PyYAML reads the intended record")
    func reader() throws {
        let folder = try Scratch()
        for number in 0..<Self.count {
            // PyYAML accepts no tab before a comment.
            let text = String(decoding: GeneratedFile.bytes(number: number), as: UTF8.self).replacing("\t", with: " ")
            var document = try EditedDocument(Array(text.utf8), as: .provider)
            var target = document.contents
            for offset in 0..<2 {
                let edit = EditPropertyTests.edits[(Int(number) * 3 + offset * 7) % EditPropertyTests.edits.count]
                target.set(edit.path, to: edit.value)
            }
            try document.become(target)
            try folder.write("\(number).yaml", document.bytes)
            var json = JSONWriter(.compact)
            json.value(.object(target))
            try folder.write("\(number).json", json.bytes)
        }
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "yaml_peer.py").path
        let run = try folder.run(["python3", script, folder.path])
        #expect(run.status == 0 && run.output == "\(Self.count)\n", "\(run.output)\(run.error)")
    }

    @Test(
        "git applies every patch, and gives the bytes that are written",
        arguments: ["", "sub folder/é \"q\"/"],
        [false, true]
    )
    func patches(prefix: String, hasMoves: Bool) throws {
        let folder = try Scratch()
        var changes: [FileChange] = []
        for number in 0..<Self.count {
            let path = "providers/acme/p\(number).yaml"
            let old = GeneratedFile.bytes(number: number)
            var document = try EditedDocument(old, as: .provider)
            let edit = EditPropertyTests.edits[Int(number) % EditPropertyTests.edits.count]
            try document.change { $0.set(edit.path, to: edit.value) }
            switch hasMoves || number % 8 < 2 ? number % 8 : 7 {
            case 0: changes.append(.create(path: path, bytes: document.bytes))
            case 1: changes.append(.delete(path: path, old: old))
            case 2:
                changes.append(.move(path: path, to: "providers/acme/q\(number).yaml", old: old, new: document.bytes))
            case 3: changes.append(.move(path: path, to: "providers/labs/q\(number).yaml", old: old, new: old))
            default: changes.append(.replace(path: path, old: old, new: document.bytes))
            }
        }
        for case .replace(let path, let old, _) in changes { try folder.write(prefix + path, old) }
        for case .move(let path, _, let old, _) in changes { try folder.write(prefix + path, old) }
        for case .delete(let path, let old) in changes { try folder.write(prefix + path, old) }
        for arguments in [["init", "--quiet"], ["add", "--all"]] {
            #expect(try folder.run(["git", "-c", "core.autocrlf=false"] + arguments).status == 0)
        }
        try folder.write("edit.patch", UnifiedDiff(pathPrefix: prefix).patch(changes))
        let run = try folder.run(["git", "apply", "--index", "--whitespace=nowarn", "edit.patch"])
        #expect(run.status == 0, "\(run.error)")
        for (path, bytes) in changes.flatMap(\.results) { #expect(folder.read(prefix + path) == bytes, "\(path)") }
    }

    @Test("A diff contains only the lines that differ")
    func differences() {
        var random = SeededGenerator()
        for _ in 0..<2_000 {
            let words = ["a", "b", "c", "d"]
            let old = (0..<Int.random(in: 0..<12, using: &random)).map { _ in words.randomElement(using: &random) ?? ""
            }
            let new = (0..<Int.random(in: 0..<12, using: &random)).map { _ in words.randomElement(using: &random) ?? ""
            }
            let changes = LineDifference(old.map { Array($0.utf8)[...] }, new.map { Array($0.utf8)[...] }).changes
            var result: [String] = []
            var position = 0
            for change in changes {
                result += old[position..<change.old.lowerBound]
                #expect(result.count == change.new.lowerBound)
                result += new[change.new]
                position = change.old.upperBound
            }
            result += old[position...]
            #expect(result == new)
        }
    }

    @Test("Hides a key in every line")
    func masks() {
        let key = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD"
        let old = Array("a: 1\n# \(key)\nconfig:\n  apiKey: hunter2\n  b: 1\n".utf8)
        let new = Array("a: 2\n# \(key)\nconfig:\n  apiKey: hunter3\n  b: \(key)\n".utf8)
        let plan = EditPlan(
            changes: [.replace(path: "p.yaml", old: old, new: new)],
            newDiagnostics: [],
            pathPrefix: ""
        )
        #expect(!plan.shownPatch.contains("sk-proj") && !plan.shownPatch.contains("hunter"))
        #expect(String(decoding: plan.patch, as: UTF8.self).contains(key))
    }
}

/// A temporary folder of a test, which is removed with it.
private final class Scratch {
    let path = FileManager.default.temporaryDirectory.appending(path: "roster-edit-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        let url = URL(fileURLWithPath: path).appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    func read(_ name: String) -> [UInt8]? {
        (try? Data(contentsOf: URL(fileURLWithPath: path).appending(path: name))).map { Array($0) }
    }

    func run(_ arguments: [String]) throws -> (status: Int32, output: String, error: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: path)
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }
            .merging(["GIT_CONFIG_GLOBAL": "/dev/null"]) { $1 }
        let (output, error) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = error
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let errorText = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text, errorText)
    }
}
