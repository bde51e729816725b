import RosterCompiler
import RosterFrontend
import RosterModel
import Testing

@testable import RosterReview

@Suite("Keys and access compared with the tip of the base")
struct MergedTrustTests {
    /// The `roster.yaml` of a registry with two policies and two tokens.
    private static let roster =
        RuleExample.roster + """
            access:
              policies:
                reader:
                  - effect: Allow
                    action: ["aiProviders:ListAiProviders"]
                    resource: ["acme/*"]
                editor:
                  - effect: Allow
                    action: ["aiProviders:GetAiProvider"]
                    resource: ["acme/*"]
              tokens:
                - id: key_q2Wm9ZtL5rYb7KsV
                  name: dashboard
                  hash: \(String(repeating: "1a", count: 32))
                  policies: [reader]
                  expires: 2027-06-30

            """ + robot

    private static func files(_ roster: String) -> [String: String] {
        var files = TextOnly.example.base
        files["roster.yaml"] = roster
        return files
    }

    /// Returns the rows of a head that left `base`, with a tip that has moved since.
    private func changes(_ base: String = roster, tip: String, head: String) async throws -> [Change] {
        try await changes(Self.files(base), tip: Self.files(tip), head: Self.files(head))
    }

    private func changes(
        _ base: [String: String],
        tip: [String: String],
        head: [String: String]
    ) async throws -> [Change] {
        let reader = ReviewReader(
            compiler: Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_781))),
            pathPrefix: "",
            wantsLinks: false
        )
        let read = try await reader.read(base: ExampleReview.source(base), head: ExampleReview.source(head))
        let paths = Comparison.changedSecretPaths(base: read.base, head: read.head)
        let tip = try await reader.read(ExampleReview.source(tip), records: paths)
        #expect(tip.isRosterWhole && read.base.errors == 0, "\(read.base.checked?.diagnostics ?? [])")
        return Comparison(base: read.base, head: read.head, tip: tip).changes()
    }

    private static func replacing(_ old: String, _ new: String, in text: String = roster) -> String {
        precondition(text.contains(old))
        return text.replacing(old, with: new)
    }

    private static let robot = token("key_8sYb7KsVq2Wm9ZtL", "robot", "2b")
    private static let another = token("key_Zm9LtZ2qWsV7bKy5", "another", "3c")

    private static func token(_ id: String, _ name: String, _ hash: String) -> String {
        """
            - id: \(id)
              name: \(name)
              hash: \(String(repeating: hash, count: 32))
              policies: [editor]

        """
    }
    private static let narrowed = replacing("aiProviders:GetAiProvider", "aiProviders:ListAiProviders")
    private static let revoked = replacing(robot, "")
    private static let withKey = replacing("access:\n", RuleExample.secondKey + "access:\n")

    @Test func whatTheTipAloneDidIsNotTheHeads() async throws {
        let renamed = Self.replacing("name: dashboard", "name: board")
        #expect(try await changes(tip: RuleExample.roster, head: Self.roster).isEmpty)
        for tip in [Self.narrowed, Self.revoked, Self.withKey, Self.roster + Self.another] {
            #expect(try await changes(tip: tip, head: Self.roster).isEmpty)
            // Only the head's change is a row.
            let rows = try await changes(tip: tip, head: renamed)
            #expect(rows.map(\.handle) == ["board"], "\(rows)")
        }
        // Both sides made the same change.
        for both in [Self.narrowed, Self.revoked, Self.withKey, Self.roster + Self.another] {
            #expect(try await changes(tip: both, head: both).isEmpty)
        }
    }

    @Test func whatTheHeadAddsIsNewUnlessTheTipHasIt() async throws {
        let rows = try await changes(tip: Self.revoked, head: Self.withKey)
        #expect(rows.map(\.kind) == [.sealingKey] && rows[0].risk == .critical && rows[0].action == .added)
        // The same id with a different public key.
        let publicKeys = [
            "l+KfvtbnN3yuTEs53jKJ345eI+sSK3ejqUnApJzs+Tw=", "45mJiRDhoTLio5lyNwC5/yBj6QyTvINhR+cFBC5vCTY=",
        ]
        let other = Self.replacing(publicKeys[0], publicKeys[1], in: Self.withKey)
        let changed = try await changes(tip: Self.withKey, head: other)
        #expect(changed.first?.risk == .critical && changed.first?.action == .changed, "\(changed)")
        let token = try await changes(tip: Self.narrowed, head: Self.roster + Self.another)
        // By effect: the tip has narrowed the policy that the new token has.
        #expect(token.map(\.risk) == [.critical] && token[0].reasons[0].text.contains("ListAiProviders on acme"))
    }

    @Test func whatTheHeadChangesIsComparedWithTheTip() async throws {
        // The tip has narrowed the policy; the head widens it, and renames nothing.
        let wider = Self.replacing("aiProviders:GetAiProvider", "aiProviders:*")
        let rows = try await changes(tip: Self.narrowed, head: wider)
        #expect(ExampleReview.rules(rows).isSuperset(of: ["access-widened", "policy-widens"]))
        // The head restores, under a different name, a record that the tip has removed.
        let renamed = Self.roster.replacing("editor", with: "writer")
        let moved = try await changes(tip: Self.narrowed, head: renamed)
        #expect(ExampleReview.rules(moved).contains("access-widened"), "\(moved)")
        // A later expiry date than the tip's, and one that only the merge base had.
        let earlier = Self.replacing("2027-06-30", "2026-12-31")
        #expect(try await changes(tip: earlier, head: Self.roster).isEmpty)
        let later = try await changes(tip: earlier, head: Self.replacing("2027-06-30", "2027-05-31"))
        #expect(ExampleReview.rules(later) == ["access-widened"])
    }

    @Test func aRecordThatTheHeadMovedIsNotTakenForUnchanged() async throws {
        // A merge deletes the token twice at the old position, and adds it at the new one.
        let moved = Self.revoked.replacing("  tokens:\n", with: "  tokens:\n" + Self.robot)
        let rows = try await changes(tip: Self.revoked, head: moved)
        #expect(rows.contains { $0.handle == "robot" && $0.risk == .critical }, "\(rows)")
        // The same for a comment that moves past it.
        let comment = (1...9).map { "    # note \($0)\n" }.joined()
        let commented = Self.revoked + comment + Self.robot
        let passed = try await changes(
            commented,
            tip: Self.revoked + comment,
            head: Self.revoked + Self.robot + comment
        )
        #expect(passed.contains { $0.handle == "robot" && $0.risk == .critical }, "\(passed)")
        // Lines that are added around it do not move it.
        let around = Self.replacing(Self.robot, comment + Self.robot + Self.another)
        let added = try await changes(tip: Self.revoked, head: around)
        #expect(added.filter { $0.kind == .token }.map(\.handle) == ["another"], "\(added)")
    }

    @Test func theSectionIsMergedAsOneRecord() async throws {
        let none = RuleExample.roster
        let removed = try await changes(tip: Self.roster + Self.another, head: none)
        #expect(ExampleReview.rules(removed).contains("access-removed") && removed[0].risk == .critical)
        let emptied = try await changes(
            tip: Self.roster + Self.another,
            head: none + "access:\n  policies: {}\n  tokens: []\n"
        )
        #expect(ExampleReview.rules(emptied).contains("access-removed"), "\(emptied)")
        // Added on both sides: records that only the head has are new.
        let both = try await changes(none, tip: Self.narrowed, head: Self.roster)
        #expect(ExampleReview.rules(both).contains("access-widened"))
        #expect(try await changes(none, tip: Self.roster, head: none).isEmpty)
    }

    @Test func aTokenOfTheTipIsWidenedByAPolicyOfTheHead() async throws {
        let wider = Self.replacing("aiProviders:GetAiProvider", "aiProviders:*")
        let rows = try await changes(tip: Self.roster + Self.another, head: wider)
        let tokens = rows.filter { $0.kind == .token }.compactMap(\.handle)
        #expect(Set(tokens) == ["robot", "another"])
    }

    @Test func aProviderOfTheTipCounts() async throws {
        var tip = Self.files(Self.roster)
        tip["providers/acme/late.yaml"] = RuleExample.ollama()
        let base = Self.files(Self.replacing("\"acme/*\"", "\"acme/gpt-4o\""))
        tip["roster.yaml"] = base["roster.yaml"]
        var wider = base
        wider["roster.yaml"] = base["roster.yaml"]?.replacing("\"acme/gpt-4o\"", with: "\"acme/gpt-4o\", \"acme/late\"")
        let rows = try await changes(base, tip: tip, head: wider)
        #expect(rows.contains { $0.risk == .critical && $0.kind == .token }, "\(rows)")
    }

    @Test func aSecretThatTheTipRotatedIsNotRolledBack() async throws {
        let base = TextOnly.example.base
        func rotated(_ fingerprint: String, _ generation: Int) -> [String: String] {
            var files = base
            files[RiskExample.secret] = base[RiskExample.secret]?.replacing("0f1e2d3c", with: fingerprint)
                .replacing("generation: 1", with: "generation: \(generation)").replacing("BBBB", with: "DDDD")
            return files
        }
        for generation in [2, 3] {
            let rows = try await changes(base, tip: rotated("a1b2c3d4", generation), head: rotated("b2c3d4e5", 2))
            #expect(ExampleReview.rules(rows).contains("generation-out-of-step"), "\(rows)")
        }
        let same = try await changes(base, tip: rotated("a1b2c3d4", 2), head: rotated("a1b2c3d4", 2))
        #expect(!ExampleReview.rules(same).contains("generation-out-of-step"))
        let untouched = try await changes(base, tip: rotated("a1b2c3d4", 2), head: base)
        #expect(untouched.isEmpty)
    }
}

@Suite("Rows against several merge bases")
struct MergeBaseRowsTests {
    @Test func theHighestRiskOfEachRecordCounts() async throws {
        let base = TextOnly.example.base
        var redirected = base
        redirected[RiskExample.provider]? += "baseUrl: https://evil.example/v1\n"
        var head = redirected
        head[RiskExample.provider] = head[RiskExample.provider]?.replacing("gpt-5.6\n", with: "gpt-5.4\n")
        let comparisons = [
            try await ExampleReview.changes(base, head), try await ExampleReview.changes(redirected, head),
        ]
        for order in [comparisons, comparisons.reversed()] {
            let rows = MergeBaseRows.join(order)
            #expect(rows.count == 1 && rows[0].risk == .critical)
            #expect(Set(rows[0].reasons.map(\.rule)) == ["key-destination-changed", "default-model-changed"])
            #expect(
                rows[0].fields.map(\.path) == ["defaultModel", "defaultModel.price", "defaultModel.context", "baseUrl"]
            )
        }
        #expect(MergeBaseRows.join([try await ExampleReview.changes(head, head), comparisons[0]]) == comparisons[0])
        #expect(MergeBaseRows.join([comparisons[0], comparisons[0]]) == comparisons[0])
    }

    @Test func recordsWithTheSameIDStayApart() async throws {
        var base = TextOnly.example.base
        base["providers/acme/twin.yaml"] = base[RiskExample.provider]
        let rows = try await ExampleReview.changes(base, [:])
        #expect(MergeBaseRows.join([rows, rows]) == rows)
    }
}
