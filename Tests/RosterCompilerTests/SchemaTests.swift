import Foundation
import RosterDiagnostics
import RosterModel
import Testing

@testable import RosterCompiler

@Suite("Schemas")
struct SchemaTests {
    private static let root = URL(fileURLWithPath: Fixtures.folder + "../..").standardizedFileURL

    @Test("The schemas under schema/ equal those generated from the format's tables", arguments: SchemaKind.allCases)
    func fresh(kind: SchemaKind) throws {
        let url = Self.root.appending(path: "schema/\(kind.rawValue).schema.json")
        let committed = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        #expect(
            committed == String(decoding: FormatSchema.document(for: kind), as: UTF8.self),
            "renew it: roster schema \(kind.rawValue) > schema/\(kind.rawValue).schema.json"
        )
    }

    /// The rules that need the text of a file: an editor's validator sees values, not their notation.
    private static let beyondSchemas: Set = [
        "yaml-syntax", "unsupported-yaml", "multiple-documents", "duplicate-key", "hidden-character",
    ]
    /// The rules that are only about the shape of one file.
    private static let shape: Set = [
        "missing-field", "unknown-field", "wrong-type", "invalid-value", "invalid-id", "unknown-provider-slug",
        "unknown-action", "invalid-handle",
    ]
    /// JSON has no infinite numbers, so a schema cannot reject them; nor can it reject days that a month lacks.
    private static let beyondJSON: Set = ["err/provider-config-infinite", "err/secret-bad-date"]

    @Test("An independent validator and the compiler agree on the shape of each fixture")
    func agreement() async throws {
        var pairs: [[String]] = []
        var names: [String] = []
        var verdicts: [Bool] = []
        for folder in ["ok", "err"] {
            for name in Fixtures.names(folder) where !Self.beyondJSON.contains("\(folder)/\(name)") {
                let found = try await Fixtures.check(file: "\(folder)/\(name).yaml").diagnostics.map(\.rule)
                guard Self.beyondSchemas.isDisjoint(with: found) else { continue }
                let kind = name.prefix { $0 != "-" }
                pairs.append([schema(String(kind)), Fixtures.folder + "\(folder)/\(name).yaml"])
                names.append("\(folder)/\(name)")
                verdicts.append(Self.shape.isDisjoint(with: found))
            }
        }
        for (kind, subfolder) in [("provider", "providers/acme"), ("secret", "secrets/acme"), ("roster", "")] {
            let folder = Self.root.appending(path: subfolder)
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
            where name.hasSuffix(".yaml") && !name.hasPrefix(".") {
                pairs.append([schema(kind), folder.appending(path: name).path])
                names.append(subfolder + "/" + name)
                verdicts.append(true)
            }
        }
        #expect(names.count > 60)
        let errors = try validate(pairs)
        try #require(errors.count == names.count)
        for index in names.indices {
            #expect((errors[index] == nil) == verdicts[index], "\(names[index]): \(errors[index] ?? "valid")")
        }
    }

    private func schema(_ kind: String) -> String { Self.root.appending(path: "schema/\(kind).schema.json").path }

    private func validate(_ pairs: [[String]]) throws -> [String?] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "schema_verdicts.py")
        process.arguments = ["python3", script.path]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(pairs))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "python3 with jsonschema and pyyaml: scripts/install tests")
        return try JSONDecoder().decode([String?].self, from: answer)
    }
}
