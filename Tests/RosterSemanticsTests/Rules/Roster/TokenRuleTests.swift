import RosterDiagnostics
import RosterFrontend
import RosterModel
import Testing

@testable import RosterSemantics

@Suite("The rules about tokens")
struct TokenRuleTests {
    /// Returns a repository with policies that allow everything, and one token.
    private static func repository(
        policies: [String],
        named names: String = "",
        _ lines: String = "",
        today: String = "2026-11-24"
    ) async throws -> TestRepository {
        let statements = policies.map { "    \($0): [{effect: Allow, action: [\"*\"], resource: [\"*\"]}]\n" }
        let access = Sample.access(policies: statements.joined(), tokens: Sample.token(1, policies: names, lines))
        return try await TestRepository(
            [
                "roster.yaml": Sample.roster(keys: "", access: access),
                "providers/acme/p.yaml": Sample.provider(1),
            ],
            today: today
        )
    }

    // MARK: - unknown-policy

    @Test(
        arguments: [
            ("reader", nil, []), ("reader, writer", nil, []), ("", nil, []),
            ("raeder", "reader", ["raeder"]), ("something-else", nil, ["something-else"]),
            ("reader, none-a, writer, none-b", nil, ["none-a", "none-b"]),
        ] as [(String, String?, [String])]
    )
    func reportsAPolicyThatDoesNotExist(_ names: String, _ nearest: String?, _ unknown: [String]) async throws {
        let test = try await Self.repository(policies: ["writer", "reader"], named: names)
        #expect(test.report == unknown.map { "unknown-policy roster.yaml:12: \($0)" })
        for (finding, name) in zip(test.findings, unknown) {
            #expect(finding.message == "there is no policy \"\(name)\"")
            #expect(finding.help == "the policies are reader and writer")
            #expect(finding.replacement?.text == nearest && finding.replacement?.isSafe != true)
            #expect(finding.label == nearest.map { "did you mean \"\($0)\"?" })
        }
    }

    @Test func reportsAPolicyOfAnAccessSectionWithoutAny() async throws {
        let test = try await Self.repository(policies: [], named: "reader")
        #expect(try test.finding(of: UnknownPolicy.self).help == "access has no policies")
    }

    @Test func ignoresPoliciesThatCouldNotBeRead() async throws {
        let access = "access:\n  policies: [reader]\n  tokens:\n" + Sample.token(1, policies: "writer")
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(keys: "", access: access), "providers/acme/p.yaml": Sample.provider(1),
        ])
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    @Test("A policy whose statements are wrong is known", arguments: ["[]", "{}", "5"])
    func knowsABrokenPolicy(_ statements: String) async throws {
        let access = Sample.access(
            policies: "    reader: \(statements)\n",
            tokens: Sample.token(1, policies: "reader")
        )
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(keys: "", access: access), "providers/acme/p.yaml": Sample.provider(1),
        ])
        #expect(test.findings(of: UnknownPolicy.self).isEmpty)
    }

    // MARK: - expired-token

    @Test(arguments: [
        ("2026-11-23", true), ("2026-11-24", false), ("2026-11-25", false), ("2025-12-31", true),
        ("9999-12-31", false), ("null", false), ("2026-02-30", false), ("[2020-01-01]", false),
    ])
    func reportsATokenAfterItsLastDay(_ date: String, _ isExpired: Bool) async throws {
        let test = try await Self.repository(policies: ["all"], "      expires: \(date)\n")
        guard isExpired else {
            #expect(test.findings.isEmpty, "\(test.report)")
            return
        }
        let finding = try test.finding(of: ExpiredToken.self)
        #expect(test.place(finding.place) == "roster.yaml:12: \(date)")
        #expect(finding.message == "this token stopped working after \(date)")
        #expect(finding.help == "delete it: roster token revoke \(Sample.id("key_", 1))")
        #expect(finding.severity == .warning)
    }

    @Test(arguments: [("2026-01-31", false), ("2026-02-01", true)])
    func comparesWithTheDayOfTheCheck(_ today: String, _ isExpired: Bool) async throws {
        let test = try await Self.repository(policies: ["all"], "      expires: 2026-01-31\n", today: today)
        #expect(test.findings(of: ExpiredToken.self).count == (isExpired ? 1 : 0))
    }

    @Test func namesNoCommandForATokenWithoutAnID() async throws {
        let token = "    - name: T\n      hash: \(Sample.hash(1))\n      policies: []\n      expires: 2020-01-01\n"
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(keys: "", access: Sample.access(tokens: token)),
            "providers/acme/p.yaml": Sample.provider(1),
        ])
        let finding = try test.finding(of: ExpiredToken.self)
        #expect(finding.help == nil)
    }
}
