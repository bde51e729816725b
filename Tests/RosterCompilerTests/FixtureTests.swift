import Foundation
import RosterBackend
import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterSources
import Testing

@testable import RosterCompiler

/// Files that must be accepted, files with an exact expected report, and whole repositories.
///
/// `ROSTER_RECORD=1` writes the expected files again, and still fails.
@Suite("Fixtures")
struct FixtureTests {
    @Test("The number of fixtures is the expected one")
    func count() throws {
        #expect(Fixtures.names("ok").count == 21)
        #expect(Fixtures.names("err").count == 45)
        #expect(Fixtures.names("projects").count == 4)
    }

    @Test("Valid files have no diagnostics", arguments: Fixtures.names("ok"))
    func accepted(name: String) async throws {
        let checked = try await Fixtures.check(file: "ok/\(name).yaml")
        #expect(checked.diagnostics.isEmpty, "\(checked.diagnostics)")
    }

    @Test("Invalid files have exactly the expected report", arguments: Fixtures.names("err"))
    func refused(name: String) async throws {
        let checked = try await Fixtures.check(file: "err/\(name).yaml")
        #expect(!checked.diagnostics.isEmpty)
        try Fixtures.expect(Fixtures.report(checked), in: "err/\(name).txt")
    }

    @Test("A repository has the expected report and registry", arguments: Fixtures.names("projects"))
    func project(name: String) async throws {
        let tree = WorkingTree(root: Fixtures.folder + "projects/" + name)
        let checked = try await Compiler(Fixtures.options).analyze(tree)
        try Fixtures.expect(Fixtures.report(checked), in: "projects/\(name)/report.txt")
        let dates = checked.datedFiles.map { ($0.path, FileDates(created: 1_700_000_000, updated: 1_764_000_000)) }
        let history = TreeHistory(
            commit: String(repeating: "a", count: 40),
            committedAt: 1_764_000_000,
            isDirty: false,
            dates: Dictionary(uniqueKeysWithValues: dates)
        )
        let registry = checked.registry(history: history)
        #expect((registry == nil) == checked.hasErrors)
        guard let registry else { return }
        let text = String(decoding: RegistryEncoder.encode(registry), as: UTF8.self)
        try Fixtures.expect(text, in: "projects/\(name)/registry.json")
        _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
        // The document that is written while the files are read.
        #expect(try await Fixtures.document(of: tree, history) == text)
    }

    @Test("A known date of any length replaces the modification time of a file")
    func dates() async throws {
        let tree = WorkingTree(root: Fixtures.folder + "projects/two-projects")
        let checked = try await Compiler(Fixtures.options).analyze(tree)
        var history = TreeHistory.modificationTimes
        for (position, file) in checked.datedFiles.enumerated() where position % 3 > 0 {
            // The second is a moment of the year 10000.
            history.dates[file.path] = FileDates(created: 86_400, updated: position % 3 == 1 ? 86_400 : 253_402_300_800)
        }
        let registry = try #require(checked.registry(history: history))
        let document = try await Fixtures.document(of: tree, history)
        #expect(document == String(decoding: RegistryEncoder.encode(registry), as: UTF8.self))
        #expect(document.contains("1970-01-02T00:00:00Z") && document.contains("10000-01-01T00:00:00Z"))
    }
}

/// The files under `Tests/Fixtures`.
enum Fixtures {
    static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures").path + "/"

    static var options: Compiler.Options { Compiler.Options(today: CalendarDate(daysSince1970: 20_781)) }

    /// The document of the registry, which is written while the files are read.
    static func document(
        of tree: some SourceTree,
        _ history: TreeHistory
    ) async throws -> String {
        var sink = MemorySink()
        _ = try await Compiler(options).emit(tree, dated: .known(history), to: &sink)
        return String(decoding: sink.bytes, as: UTF8.self)
    }

    /// The names in a folder without their suffix, each once.
    static func names(_ subfolder: String) -> [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder + subfolder)) ?? []
        return entries.filter { !$0.hasSuffix(".txt") }.map { $0.replacing(".yaml", with: "") }.sorted()
    }

    /// Checks one file in an otherwise valid repository; the first word of its name is its kind.
    static func check(file: String) async throws -> AnalyzedRepository {
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder + file)))
        let name = file.split(separator: "/")[1]
        let path =
            switch name.prefix(while: { $0 != "-" }) {
            case "provider": "providers/acme/gpt-4o.yaml"
            case "secret": "secrets/acme/openai-prod.yaml"
            default: "roster.yaml"
            }
        return try await check(path, bytes)
    }

    /// Checks the file of a provider in an otherwise valid repository.
    static func check(provider text: String) async throws -> AnalyzedRepository {
        try await check("providers/acme/gpt-4o.yaml", Array(text.utf8))
    }

    private static func check(_ path: String, _ bytes: [UInt8]) async throws -> AnalyzedRepository {
        let others = RuleExample.common.filter { $0.path != path }.map { ($0.path, Array($0.text.utf8)) }
        return try await Compiler(options).analyze(MemoryTree(others + [(path, bytes)]))
    }

    static func report(_ checked: AnalyzedRepository) -> String {
        render(
            Report(
                diagnostics: checked.diagnostics,
                files: checked.paths,
                summary: checked.summary,
                rules: RuleCatalogue.descriptions,
                toolVersion: "0.0.0"
            ),
            as: .text
        )
    }

    /// Compares a text with a file, or records it there.
    static func expect(_ text: String, in file: String) throws {
        let url = URL(fileURLWithPath: folder + file)
        if ProcessInfo.processInfo.environment["ROSTER_RECORD"] == "1" {
            try Data(text.utf8).write(to: url)
            Issue.record("recorded \(file)")
        }
        #expect(text == String(decoding: try Data(contentsOf: url), as: UTF8.self), "\(file)")
    }
}
