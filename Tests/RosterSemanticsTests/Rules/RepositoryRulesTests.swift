import RosterDiagnostics
import RosterFrontend
import RosterModel
import Testing

@testable import RosterSemantics

@Suite("The rules about a repository")
struct RepositoryRulesTests {
    private static var rules: [any Rule.Type] { RepositoryRules.all + LinkRules.all }

    /// Returns an example's repository.
    private static func repository(_ example: RuleExample) async throws -> TestRepository {
        var missing: Set<String> = []
        for case .missing(let path) in example.special { missing.insert(path) }
        var texts = Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) })
        for (path, text) in example.files { texts[path] = text }
        return try await TestRepository(texts.filter { !missing.contains($0.key) })
    }

    @Test(arguments: (RepositoryRules.all + LinkRules.all).map { $0.name })
    func reportsTheFailingExampleOnceAndNotThePassingOne(_ name: String) async throws {
        let rule = try #require(Self.rules.first { $0.name == name })
        let failing = try await Self.repository(rule.failing)
        #expect(failing.findings.map(\.rule) == [name])
        #expect(failing.findings.first?.severity == rule.severity)
        let passing = try await Self.repository(rule.passing)
        #expect(passing.findings.isEmpty, "\(passing.report)")
        #expect(!passing.parsed.hasErrors)
    }

    @Test func reportsInTheOrderOfTheRules() async throws {
        let names = Self.rules.map { $0.name }
        #expect(Set(names).count == names.count)
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(["acme", "empty"], keys: Sample.key(1) + Sample.key(2)),
            "providers/acme/a.yaml": Sample.provider(1, name: "Same", secret: "missing"),
            "providers/acme/b.yaml": Sample.provider(1, name: "Same"),
            "providers/zeta-labs/c.yaml": Sample.provider(2),
            "providers/acme/notes.yml": Sample.provider(3),
            "secrets/acme/s.yaml": Sample.secret(1, "rotateBy: 2020-01-01\n"),
        ])
        #expect(
            test.findings.map(\.rule) == [
                "duplicate-id", "duplicate-name", "unknown-project", "empty-project", "unknown-secret", "rotation-due",
                "missing-box",
            ]
        )
    }
}
