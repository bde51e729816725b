import Foundation
import RosterBackend
import RosterDiagnostics
@testable import RosterFrontend
import RosterJSON
import RosterModel
import RosterTestSupport
import Testing
import YAMLSyntax

@testable import RosterCompiler

/// Documents that Roster accepts, read by readers of YAML 1.2 that share no code with libyaml.
@Suite("YAML as other programs read it")
struct YAMLPeerTests {
    /// The number of documents of a run; `ROSTER_YAML_DOCUMENTS` overrides it for a long run.
    private static let count = ProcessInfo.processInfo.environment["ROSTER_YAML_DOCUMENTS"].flatMap(Int.init) ?? 20_000

    @Test("yaml12 and libfyaml read accepted documents in the same way")
    func differential() throws {
        let seed = TestSeed.of()
        var generator = try GeneratedYAML(seed: seed)
        var documents = GeneratedYAML.constructs
        var (accepted, lines) = ([String](), [UInt8]())
        documents += (0..<Self.count).map { _ in generator.next() }
        for document in documents {
            guard let line = Self.line(for: document) else { continue }
            accepted.append(document)
            lines += line + [UInt8(ascii: "\n")]
        }
        #expect(accepted.count > Self.count / 8)
        let disagreements = try Self.disagreements(lines)
        print("\(accepted.count) of \(documents.count) documents accepted")
        for (index, reader, value) in disagreements.prefix(40) {
            Issue.record("seed \(seed), \(reader): \(accepted[index].debugDescription) → \(value)")
        }
        #expect(disagreements.count == 0)
    }

    /// Returns the document and its value as a line of JSON; nil if Roster rejects it.
    private static func line(for document: String) -> [UInt8]? {
        let bytes = Array(document.utf8)
        guard TextScan(bytes).problems.isEmpty else { return nil }
        var reader = YAMLReader()
        reader.read(bytes, isScanned: true)
        guard let object = PlainDocument.object(in: reader.tree) else { return nil }
        var json = JSONWriter(.compact)
        json.value(.array([.string(document), .object(object)]))
        return json.bytes.filter { $0 != UInt8(ascii: "\n") }
    }

    private static func disagreements(_ lines: [UInt8]) throws -> [(index: Int, reader: String, value: String)] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "roster-yaml-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appending(path: "documents.jsonl")
        try Data(lines).write(to: input)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "yaml12_peer.py")
        process.arguments = ["python3", script.path]
        let output = Pipe()
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = output
        try process.run()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "python3 with py-yaml12 and libfyaml: scripts/install tests")
        return try answer.split(separator: UInt8(ascii: "\n")).map { line in
            let parts = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [Any])
            let (index, reader) = (try #require(parts[0] as? Int), try #require(parts[1] as? String))
            return (index, reader, "\(parts[2])")
        }
    }
}
