import RosterTestSupport
import Testing

@testable import RosterModel

@Suite("What policies allow")
struct AccessGrantsTests {
    private func grants(_ statements: [Access.Statement], lock: String? = nil) -> AccessGrants {
        AccessGrants(policies: [Access.Policy(name: "p", statements: statements)], lock: lock.flatMap { Handle($0) })
    }

    private func statement(_ effect: Access.Effect, _ actions: [AccessAction], _ resources: String...)
        -> Access.Statement
    {
        Access.Statement(
            effect: effect,
            actions: actions.map { ActionPattern($0.rawValue) },
            resources: resources.map { ResourcePattern($0) }
        )
    }

    @Test func nothingThatMatchesDenies() {
        let grants = grants([statement(.allow, [.get], "acme/gpt-4o")])
        #expect(grants.rights(project: "acme", handle: "gpt-4o") == .get)
        #expect(grants.rights(project: "acme", handle: "gpt-4") == [])
        #expect(grants.rights(project: "acm", handle: "gpt-4o") == [])
    }

    @Test func denyOverridesAllowInAnyOrder() {
        for order in [0, 1] {
            let statements = [
                statement(.allow, AccessAction.allCases, "*"), statement(.deny, [.list, .get], "acme/secret"),
            ]
            let grants = grants(order == 0 ? statements : statements.reversed())
            #expect(grants.rights(project: "acme", handle: "secret") == [.create, .update, .delete])
            #expect(grants.rights(project: "acme", handle: "open") == .all)
            #expect(!grants.mayListEverything && grants.mayCreateSomething)
        }
    }

    @Test func wildcardsStandForAWholeSegment() {
        let grants = grants([
            Access.Statement(
                effect: .allow,
                actions: [ActionPattern("aiProviders:*")],
                resources: [ResourcePattern("acme/*")]
            ),
            Access.Statement(effect: .deny, actions: [ActionPattern("*")], resources: [ResourcePattern("acme/b")]),
        ])
        #expect(grants.rights(project: "acme", handle: "a") == .all)
        #expect(grants.rights(project: "acme", handle: "b") == [])
        #expect(grants.rights(project: "acme-2", handle: "a") == [])
    }

    @Test func lockExcludesOtherProjects() {
        let statements = [statement(.allow, [.list], "*")]
        #expect(grants(statements).mayListEverything && !grants(statements).mayCreateSomething)
        let locked = grants(statements, lock: "acme")
        #expect(locked.rights(project: "acme", handle: "a") == .list)
        #expect(locked.rights(project: "globex", handle: "a") == [])
        #expect(!locked.mayListEverything)
    }

    @Test func actionsKeepTheirOrder() {
        #expect(AccessRights.all.actions == AccessAction.allCases)
        #expect(([.delete, .get] as AccessRights).actions == [.get, .delete])
    }

    // MARK: Held to the format's words

    private static let actions = ActionPattern.names.map { ActionPattern($0) }
    private static let resources = ["*", "a/*", "b/*", "a/x", "a/y", "b/x", "c/x", "a-b/x"]

    /// The evaluation of the format's documentation, statement by statement.
    private func allows(
        _ action: AccessAction,
        _ project: String,
        _ handle: String,
        _ policies: [Access.Policy],
        lock: String?
    ) -> Bool {
        let matching = policies.flatMap(\.statements).filter { statement in
            statement.actions.map(\.text).contains { $0 == action.rawValue || $0 == "*" || $0 == "aiProviders:*" }
                && statement.resources.map(\.text).contains {
                    $0 == "*" || $0 == project + "/*" || $0 == project + "/" + handle
                }
        }
        guard lock == nil || lock == project, !matching.contains(where: { $0.effect == .deny }) else { return false }
        return matching.contains { $0.effect == .allow }
    }

    @Test("Thousands of policies grant the same rights as the reference evaluation")
    func agreesWithTheFormat() {
        var numbers = SeededGenerator()
        for _ in 0..<3_000 {
            let policies = (0..<Int.random(in: 0...3, using: &numbers)).map { number in
                Access.Policy(
                    name: "p\(number)",
                    statements: (0..<Int.random(in: 1...3, using: &numbers)).map { _ in
                        Access.Statement(
                            effect: Bool.random(using: &numbers) ? .allow : .deny,
                            actions: Array(Self.actions.shuffled(using: &numbers).prefix(2)),
                            resources: Self.resources.shuffled(using: &numbers).prefix(2).map { ResourcePattern($0) }
                        )
                    }
                )
            }
            let lock = ["a", nil, nil].randomElement(using: &numbers) ?? nil
            let grants = AccessGrants(policies: policies, lock: lock.flatMap { Handle($0) })
            for name in ["a/x", "a/y", "a/z", "b/x", "b/y", "c/x", "a-b/x"] {
                let parts = name.split(separator: "/").map(String.init)
                let wanted = AccessAction.allCases.filter { allows($0, parts[0], parts[1], policies, lock: lock) }
                #expect(grants.rights(project: parts[0], handle: parts[1]).actions == wanted, "\(name) of \(policies)")
            }
        }
    }
}

@Suite("Patterns of statements")
struct StatementPatternTests {
    @Test(
        "Parses a resource into the providers that it covers, and keeps its text",
        arguments: [
            ("*", .everywhere), ("acme/*", .project("acme")), ("acme/gpt", .provider("acme/gpt")),
            ("acme", .provider("acme")), ("*/*", .project("*")), ("", .provider("")),
        ] as [(String, ResourcePattern.Scope)]
    )
    func parsesResource(text: String, scope: ResourcePattern.Scope) {
        let pattern = ResourcePattern(text)
        #expect(pattern.scope == scope)
        #expect(pattern.text == text && pattern.description == text)
    }

    @Test("Parses the name of an action or a wildcard, and keeps its text")
    func parsesAction() {
        for action in AccessAction.allCases { #expect(ActionPattern(action.rawValue).rights.actions == [action]) }
        for wildcard in AccessAction.wildcards { #expect(ActionPattern(wildcard).rights == .all) }
        let unknown = ActionPattern("aiProviders:Read")
        #expect(unknown.rights == [] && unknown.text == "aiProviders:Read")
        #expect(ActionPattern.names.count == AccessAction.allCases.count + AccessAction.wildcards.count)
    }
}
