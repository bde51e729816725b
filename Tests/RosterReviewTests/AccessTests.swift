import RosterModel
import RosterTestSupport
import Testing

@testable import RosterReview

@Suite("Access by effect")
struct AccessTests {
    private func token(_ number: Int, project: String?, expires: String? = nil, policies: [String]) throws
        -> Access.Token
    {
        Access.Token(
            id: try #require(TokenID("key_q2Wm9ZtL5rYb7K\(10 + number)")),
            name: "t",
            hash: try #require(TokenHash(String(repeating: "0", count: 64))),
            policies: policies,
            project: project.flatMap { Handle($0) },
            expires: expires.flatMap { CalendarDate($0) }
        )
    }

    /// Returns the change of token 0 after its policy or its terms changed.
    private func difference(
        _ before: (resources: [String], project: String?, expires: String?),
        _ after: (resources: [String], project: String?, expires: String?)
    ) throws -> AccessComparison {
        func access(_ side: (resources: [String], project: String?, expires: String?)) throws -> Access {
            let statement = Access.Statement(
                effect: .allow,
                actions: [ActionPattern("*")],
                resources: side.resources.map { ResourcePattern($0) }
            )
            return Access(
                policies: [Access.Policy(name: "p", statements: [statement])],
                tokens: [try token(0, project: side.project, expires: side.expires, policies: ["p"])]
            )
        }
        let providers = ["a", "b"].map { AccessComparison.Provider(before: ($0, "x"), after: ($0, "x")) }
        return AccessComparison(base: try access(before), head: try access(after), moved: [], all: { providers })
    }

    @Test("Reports the effect, independently of the cause")
    func causes() throws {
        let id = "key_q2Wm9ZtL5rYb7K10"
        // A policy, a removed lock, a later date.
        #expect(try difference((["a/*"], nil, nil), (["*"], nil, nil)).widened[id]?.providers == ["b/x"])
        #expect(try difference((["*"], "a", nil), (["*"], nil, nil)).widened[id]?.providers == ["b/x"])
        let later = try difference((["a/*"], nil, "2026-01-01"), (["a/*"], nil, "2027-01-01"))
        #expect(later.widened[id]?.isOnlyOfTime == true && later.narrowed.isEmpty)
        let forever = try difference((["a/*"], nil, "2026-01-01"), (["a/*"], nil, nil))
        #expect(forever.widened[id]?.providers == ["a/x"])
        let shorter = try difference((["a/*"], nil, nil), (["a/*"], nil, "2027-01-01"))
        #expect(shorter.widened.isEmpty && shorter.narrowed[id]?.isOnlyOfTime == true)
        // The same access in different terms.
        let same = try difference((["a/x", "b/x"], nil, nil), (["*"], nil, nil))
        #expect(same.widened.isEmpty && same.narrowed.isEmpty)
        // Fewer rights for one provider and more for another.
        let both = try difference((["a/*"], nil, nil), (["b/*"], nil, nil))
        #expect(both.widened[id]?.providers == ["b/x"] && both.narrowed[id]?.providers == ["a/x"])
    }

    @Test("Evaluating runs of providers gives the same effect as evaluating each provider")
    func everyProvider() throws {
        let seed = TestSeed.of()
        var random = SeededGenerator(seed: seed)
        func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
        func access() throws -> Access {
            let policies = (0..<4).map { index in
                let statements = (0..<(1 + number(4))).map { _ in
                    let resources = (0..<(1 + number(3))).map { _ in
                        ["*", "p\(number(4))/*", "p\(number(4))/h\(number(5))"][number(3)]
                    }
                    let action = ["*", "aiProviders:GetAiProvider", "aiProviders:ListAiProviders"][number(3)]
                    return Access.Statement(
                        effect: number(3) == 0 ? .deny : .allow,
                        actions: [ActionPattern(action)],
                        resources: resources.map { ResourcePattern($0) }
                    )
                }
                return Access.Policy(name: "n\(index)", statements: statements)
            }
            let tokens = try (0..<5).filter { _ in number(5) > 0 }.map { index in
                try token(
                    index,
                    project: number(4) == 0 ? "p\(number(4))" : nil,
                    expires: number(3) == 0 ? "202\(6 + number(3))-01-01" : nil,
                    policies: (0..<number(4)).map { _ in "n\(number(5))" }
                )
            }
            return Access(policies: policies, tokens: tokens)
        }
        for round in 0..<200 {
            let (base, head) = (try access(), number(4) == 0 ? nil : try access())
            let after = head ?? base
            var names = (0..<4).flatMap { project in (0..<5).map { ("p\(project)", "h\($0)") } }
            let providers = (0..<(1 + number(12))).map { _ in
                let place = names.remove(at: number(names.count))
                return AccessComparison.Provider(
                    before: number(4) == 0 ? ("p\(number(4))", "old\(number(3))") : place,
                    after: place
                )
            }
            let found = AccessComparison(base: base, head: after, moved: providers.filter(\.isMoved)) { providers }
            var byMove: Set<String> = []
            for id in Set((base.tokens + after.tokens).map(\.id)) {
                func rights(_ access: Access, _ place: (project: String, handle: String)) -> AccessRights {
                    guard let token = access.tokens.first(where: { $0.id == id }) else { return [] }
                    let own = token.policies.compactMap { name in access.policies.first { $0.name == name } }
                    return AccessGrants(policies: own, lock: token.project)
                        .rights(project: place.project, handle: place.handle)
                }
                let gained = providers.filter { !rights(after, $0.after).subtracting(rights(base, $0.before)).isEmpty }
                let lost = providers.filter { !rights(base, $0.before).subtracting(rights(after, $0.after)).isEmpty }
                func sorted(_ providers: [AccessComparison.Provider]) -> [String] {
                    providers.map { $0.after.project + "/" + $0.after.handle }.sorted()
                }
                byMove.formUnion(sorted(gained.filter(\.isMoved)))
                let (wider, narrower) = (found.widened[id.description], found.narrowed[id.description])
                #expect((wider?.isOnlyOfTime ?? true) == gained.isEmpty, "seed \(seed), round \(round)")
                #expect((narrower?.isOnlyOfTime ?? true) == lost.isEmpty, "seed \(seed), round \(round)")
                let (more, less) = (Set(wider?.providers ?? []), Set(narrower?.providers ?? []))
                #expect(more.isSuperset(of: sorted(gained)), "seed \(seed), round \(round)")
                #expect(less.isSuperset(of: sorted(lost)), "seed \(seed), round \(round)")
                if wider?.isOnlyOfTime == false,
                    base.tokens.first(where: { $0.id == id })?.expires
                        == after.tokens.first(where: { $0.id == id })?.expires
                {
                    #expect(wider?.providers == sorted(gained), "seed \(seed), round \(round)")
                }
            }
            #expect(found.widenedByMove == byMove, "seed \(seed), round \(round)")
        }
    }

    @Test func aComparisonThatTakesTooLongIsNotComplete() throws {
        let statement = Access.Statement(
            effect: .allow,
            actions: [ActionPattern("*")],
            resources: [ResourcePattern("*")]
        )
        let tokens = try (0..<9).map { try token($0, project: nil, policies: ["p", "p\($0)"]) }
        let (base, head) = (
            Access(policies: [], tokens: tokens),
            Access(policies: [Access.Policy(name: "p", statements: [statement])], tokens: tokens)
        )
        let providers = [AccessComparison.Provider(before: ("a", "x"), after: ("a", "x"))]
        func compare(_ limit: Int) -> AccessComparison {
            AccessComparison(base: base, head: head, moved: [], stepLimit: limit, all: { providers })
        }
        #expect(compare(1_000).isComplete && compare(1_000).widened.count == 9)
        #expect(!compare(20).isComplete && compare(20).widened.count < 9)
    }

    @Test(
        "Entries of allowedHosts are compared by the requests that they admit",
        arguments: [
            (["a.example.com"], ["*.example.com"], 1), (["*.example.com"], ["a.example.com"], 0),
            (["*.example.com"], ["a.b.example.com"], 1), (["a.example.com"], ["a.example.com:8443"], 1),
            (["127.0.0.1"], ["127.0.0.1:8080"], 0), (["a.example.com"], ["a.example.com/t/"], 0),
            (["a.example.com/t/"], ["a.example.com"], 1), (["a.example.com/t/"], ["a.example.com/t/u/"], 0),
            (["a.example.com", "b.example.com"], ["b.example.com", "a.example.com"], 0),
        ]
    )
    func hosts(before: [String], after: [String], added: Int) throws {
        let (before, after) = (try before.map { try AllowedHost($0) }, try after.map { try AllowedHost($0) })
        #expect(HostCoverage.uncovered(after, by: before).count == added)
    }
}
