import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterSemantics

@Suite("partly-denied")
struct PartlyDeniedTests {
    private static let list = "aiProviders:ListAiProviders"
    private static let get = "aiProviders:GetAiProvider"

    /// A statement of a policy.
    private struct Statement {
        var effect: Access.Effect
        var actions: [String]
        var resources: [String]

        var text: String {
            let actions = self.actions.map { "\"\($0)\"" }.joined(separator: ", ")
            let resources = self.resources.map { "\"\($0)\"" }.joined(separator: ", ")
            return "{effect: \(effect.rawValue), action: [\(actions)], resource: [\(resources)]}"
        }
    }

    /// Returns a repository with policies, each of which has a line for each statement.
    private static func repository(_ policies: [[Statement]]) async throws -> TestRepository {
        let lines = policies.enumerated().map { number, statements in
            "    policy-\(number):\n" + statements.map { "      - \($0.text)\n" }.joined()
        }
        return try await TestRepository([
            "roster.yaml": Sample.roster(keys: "", access: Sample.access(policies: lines.joined())),
            "providers/acme/p.yaml": Sample.provider(1), "providers/acme/q.yaml": Sample.provider(2),
        ])
    }

    private static func deny(_ actions: [String], _ resources: String...) -> Statement {
        Statement(effect: .deny, actions: actions, resources: resources)
    }

    @Test(arguments: [
        ("aiProviders:ListAiProviders", "aiProviders:GetAiProvider"),
        ("aiProviders:GetAiProvider", "aiProviders:ListAiProviders"),
    ])
    func reportsADenyOfOneAction(_ denied: String, _ open: String) async throws {
        let test = try await Self.repository([[Self.deny([denied], "acme/p")]])
        let finding = try test.finding(of: PartlyDenied.self)
        #expect(test.place(finding.place) == "roster.yaml:7: \"acme/p\"")
        #expect(finding.message == "\"acme/p\" can still be read, by \(open)")
        #expect(finding.help == "deny \(Self.list) and \(Self.get) together")
        #expect(finding.severity == .warning)
        #expect(test.findings.count == 1)
    }

    @Test func acceptsADenyOfBothActions() async throws {
        let policies = [
            [Self.deny([Self.list, Self.get], "acme/p")],
            [Self.deny([Self.list], "acme/p"), Self.deny([Self.get], "acme/p")],
            [Self.deny([Self.list], "acme/p"), Self.deny(["aiProviders:*"], "*")],
            [Self.deny(["*"], "acme/p")],
            [Self.deny(["aiProviders:UpdateAiProvider"], "acme/p")],
            [Statement(effect: .allow, actions: [Self.list], resources: ["acme/p"])],
        ]
        let test = try await Self.repository(policies)
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    @Test func reportsWiderResourcesThatOnlyAPartIsDeniedOf() async throws {
        // Get is denied for one provider, and List for all of them.
        let test = try await Self.repository([[Self.deny([Self.list], "acme/*"), Self.deny([Self.get], "acme/p")]])
        #expect(test.places(of: PartlyDenied.self) == ["roster.yaml:7: \"acme/*\""])
    }

    @Test func comparesStatementsOfOnePolicyOnly() async throws {
        let test = try await Self.repository([[Self.deny([Self.list], "*")], [Self.deny([Self.get], "*")]])
        #expect(test.places(of: PartlyDenied.self) == ["roster.yaml:7: \"*\"", "roster.yaml:9: \"*\""])
    }

    @Test("Random statements are reported where exactly one way to read a resource is denied")
    func reportsRandomStatements() async throws {
        var random = SeededGenerator()
        let actions = [Self.list, Self.get, "aiProviders:UpdateAiProvider", "aiProviders:*", "*"]
        let resources = ["*", "acme/*", "acme/p", "acme/q"]
        for _ in 0..<10 {
            let policies = (0..<3).map { _ in
                (0..<Int.random(in: 1...4, using: &random)).map { _ in
                    Statement(
                        effect: Int.random(in: 0..<4, using: &random) == 0 ? .allow : .deny,
                        actions: Array(actions.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random))),
                        resources: Array(resources.shuffled(using: &random).prefix(2))
                    )
                }
            }
            var expected: [String] = []
            var line = 5
            for statements in policies {
                line += 1
                for statement in statements {
                    line += 1
                    let isReading = !Set(statement.actions).isDisjoint(with: [Self.list, Self.get])
                    guard statement.effect == .deny, isReading else { continue }
                    for resource in statement.resources {
                        let ways = [Self.list, Self.get].filter { Self.isDenied($0, resource, by: statements) }
                        if ways.count == 1 { expected.append("roster.yaml:\(line): \"\(resource)\"") }
                    }
                }
            }
            #expect(try await Self.repository(policies).places(of: PartlyDenied.self) == expected)
        }
    }

    /// Returns whether some statement denies an action for everything that a resource covers.
    private static func isDenied(_ action: String, _ resource: String, by statements: [Statement]) -> Bool {
        func covers(_ wide: String) -> Bool {
            wide == "*" || wide == resource || wide.hasSuffix("/*") && resource.hasPrefix(wide.dropLast())
        }
        return statements.contains { statement in
            statement.effect == .deny && statement.resources.contains(where: covers)
                && statement.actions.contains { [action, "*", "aiProviders:*"].contains($0) }
        }
    }
}
