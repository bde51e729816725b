import Testing

@testable import RosterReview

@Suite("Arguments of diff")
struct ComparedRevisionsTests {
    private func parse(_ base: String?, _ head: String? = nil, isExact: Bool = false) throws -> ComparedRevisions {
        try ComparedRevisions(base: base, head: head, isExact: isExact)
    }

    @Test func parsesRevisionsLikeGitDiff() throws {
        let cases: [(base: String?, head: String?, exact: Bool, expected: (String?, ComparedRevisions.Head, Bool))] = [
            (nil, nil, false, (nil, .workingTree, false)),
            ("main", nil, false, ("main", .workingTree, false)),
            ("main", nil, true, ("main", .workingTree, true)),
            ("main", "x", false, ("main", .revision("x"), false)),
            ("main", "x", true, ("main", .revision("x"), true)),
            ("main...x", nil, false, ("main", .revision("x"), false)),
            ("main..x", nil, false, ("main", .revision("x"), true)),
            ("main..x", nil, true, ("main", .revision("x"), true)),
            ("main..", nil, false, ("main", .revision("HEAD"), true)),
            ("..x", nil, false, ("HEAD", .revision("x"), true)),
            ("main...", nil, false, ("main", .revision("HEAD"), false)),
            ("...x", nil, false, ("HEAD", .revision("x"), false)),
            ("...", nil, false, ("HEAD", .revision("HEAD"), false)),
            ("v1.2..v1.3", nil, false, ("v1.2", .revision("v1.3"), true)),
            ("a....b", nil, false, ("a", .revision(".b"), false)),
            ("HEAD^{/a..b}", nil, false, ("HEAD^{/a..b}", .workingTree, false)),
            ("HEAD^{/a..b}..x", nil, false, ("HEAD^{/a..b}", .revision("x"), true)),
            (":/a..b", "HEAD^{/c...d}", false, (":/a..b", .revision("HEAD^{/c...d}"), false)),
        ]
        for (base, head, exact, expected) in cases {
            let parsed = try parse(base, head, isExact: exact)
            #expect(parsed.base == expected.0 && parsed.head == expected.1, "\(base ?? "") \(head ?? "")")
            #expect(parsed.isExact == expected.2, "\(base ?? "") \(head ?? "")")
        }
    }

    @Test func rejectsContradictoryArguments() {
        let cases: [(base: String?, head: String?, exact: Bool)] = [
            ("main..x", "y", false), ("main...x", "y", false), ("main", "x..y", false), ("main", "..", false),
            ("main...x", nil, true), ("...", nil, true), (nil, nil, true), ("..", nil, false), ("..", nil, true),
        ]
        for (base, head, exact) in cases {
            let failure = #expect(throws: ReviewFailure.self) { try parse(base, head, isExact: exact) }
            #expect(failure?.code == .usage, "\(base ?? "") \(head ?? "") \(exact)")
        }
    }
}
