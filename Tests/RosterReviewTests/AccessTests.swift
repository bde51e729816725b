import RosterModel
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
            hash: "h",
            policies: policies,
            project: project.flatMap { Handle($0) },
            expires: expires.flatMap { CalendarDate($0) }
        )
    }

    /// What changed for token 0 when its policy or its own terms did.
    private func difference(
        _ before: (resources: [String], project: String?, expires: String?),
        _ after: (resources: [String], project: String?, expires: String?)
    ) throws -> AccessComparison {
        func access(_ side: (resources: [String], project: String?, expires: String?)) throws -> Access {
            let statement = Access.Statement(effect: .allow, actions: ["*"], resources: side.resources)
            return Access(
                policies: [Access.Policy(name: "p", statements: [statement])],
                tokens: [try token(0, project: side.project, expires: side.expires, policies: ["p"])]
            )
        }
        let providers = ["a", "b"].map { AccessComparison.Provider(before: ($0, "x"), after: ($0, "x")) }
        return AccessComparison(base: try access(before), head: try access(after), moved: [], all: { providers })
    }

    @Test("Whatever the cause, it is the effect that is told")
    func causes() throws {
        let id = "key_q2Wm9ZtL5rYb7K10"
        // A policy, a lock that goes, a later day.
        #expect(try difference((["a/*"], nil, nil), (["*"], nil, nil)).widened[id]?.providers == ["b/x"])
        #expect(try difference((["*"], "a", nil), (["*"], nil, nil)).widened[id]?.providers == ["b/x"])
        let later = try difference((["a/*"], nil, "2026-01-01"), (["a/*"], nil, "2027-01-01"))
        #expect(later.widened[id]?.isOnlyOfTime == true && later.narrowed.isEmpty)
        let forever = try difference((["a/*"], nil, "2026-01-01"), (["a/*"], nil, nil))
        #expect(forever.widened[id]?.providers == ["a/x"])
        let shorter = try difference((["a/*"], nil, nil), (["a/*"], nil, "2027-01-01"))
        #expect(shorter.widened.isEmpty && shorter.narrowed[id]?.isOnlyOfTime == true)
        // Other words for the same thing.
        let same = try difference((["a/x", "b/x"], nil, nil), (["*"], nil, nil))
        #expect(same.widened.isEmpty && same.narrowed.isEmpty)
        // More here and less there is both.
        let both = try difference((["a/*"], nil, nil), (["b/*"], nil, nil))
        #expect(both.widened[id]?.providers == ["b/x"] && both.narrowed[id]?.providers == ["a/x"])
    }

    @Test(
        "Entries of allowedHosts are held against what they admit",
        arguments: [
            (["a.example.com"], ["*.example.com"], 1), (["*.example.com"], ["a.example.com"], 0),
            (["*.example.com"], ["a.b.example.com"], 1), (["a.example.com"], ["a.example.com:8443"], 1),
            (["127.0.0.1"], ["127.0.0.1:8080"], 0), (["a.example.com"], ["a.example.com/t/"], 0),
            (["a.example.com/t/"], ["a.example.com"], 1), (["a.example.com/t/"], ["a.example.com/t/u/"], 0),
            (["a.example.com", "b.example.com"], ["b.example.com", "a.example.com"], 0),
        ]
    )
    func hosts(before: [String], after: [String], added: Int) {
        #expect(HostCoverage.uncovered(after, by: before).count == added)
    }
}
