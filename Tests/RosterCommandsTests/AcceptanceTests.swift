import Foundation
import RosterTestSupport
import Testing

@testable import RosterReview

/// A plan is accepted by a comment of an authorized person, and by nothing else.
@Suite("Acceptance of a plan")
struct AcceptanceTests {
    private static let example = KeyDestinationChanged.example

    /// Returns the plan of the pull request, computed in the host's repository.
    private func plan(_ gate: ReviewGate) async throws -> String {
        let merge = try gate.output(["git", "rev-parse", "refs/pull/7/merge"])
        let main = try gate.output(["git", "rev-parse", "main"])
        let json = try await gate.target.review(main, merge)
        return try #require(json["plan"] as? String)
    }

    /// Returns a state of the API in which a user with write permission wrote a comment.
    private func scenario(_ gate: ReviewGate, _ body: String, by login: String = "Reviewer") -> String {
        """
        {"comments": [{"id": 900, "user": {"login": "\(login)", "id": 20, "type": "User"}, "body": "\(body)"}],
         "pull": {"user": {"login": "author", "id": 10}, "head": {"sha": "\(gate.head)"}, "base": {"ref": "main"}},
         "permissions": {"\(login.lowercased())": {"permission": "write", "user": {"login": "\(login)", "id": 20}}}}
        """
    }

    @Test func acceptedPlanPassesAndCommentNamesAccepter() async throws {
        let gate = try ReviewGate(Self.example.head)
        let plan = try await plan(gate)
        let red = try await gate.review(scenario: scenario(gate, "Looks good"))
        #expect(red.runs.map(\.exit) == [1])
        #expect(red.own?.body.contains("/roster accept \(plan)") == true, "\(red)")
        #expect(red.own?.body.contains("ccepted") == false)
        let summary = gate.clone.path + "/summary.md"
        let green = try await gate.review(
            ["GITHUB_STEP_SUMMARY": summary],
            rounds: 2,
            scenario: scenario(gate, "/roster accept \(plan)\\r\\n\\r\\nThe rotation of November.")
        )
        #expect(green.runs.map(\.exit) == [0, 0], "\(green.runs)")
        let accepted = "\n\n**Accepted** by `Reviewer`: plan `\(plan)`.\n"
        #expect(green.own?.body.contains(accepted) == true, "\(green)")
        #expect(green.own?.body.contains("key-destination-changed") == true)
        #expect(green.runs[0].output.contains("review: Reviewer accepted the plan \(plan)\n"))
        #expect(try gate.clone.read("summary.md").contains(accepted))
    }

    @Test func explainsRejectedAcceptance() async throws {
        let gate = try ReviewGate(Self.example.head)
        let plan = try await plan(gate)
        let author = try await gate.review(scenario: scenario(gate, "/roster accept \(plan)", by: "Author"))
        #expect(author.runs.map(\.exit) == [1])
        #expect(author.own?.body.contains("Not accepted: `Author` is the author of the pull request.") == true)
        let old = try await gate.review(scenario: scenario(gate, "/roster accept 0123456789ab"))
        #expect(old.runs.map(\.exit) == [1])
        #expect(old.own?.body.contains("of other plans: the present plan is `\(plan)`") == true)
    }

    @Test func showsAcceptanceLineForLowerFailOnRisk() async throws {
        let gate = try ReviewGate(DefaultModelChanged.example.head)
        let plan = try await plan(gate)
        let medium: [String: String?] = ["ROSTER_FAIL_ON": "medium"]
        let red = try await gate.review(medium)
        #expect(red.runs.map(\.exit) == [1])
        #expect(red.own?.body.contains("`/roster accept \(plan)`") == true, "\(red)")
        let green = try await gate.review(medium, scenario: scenario(gate, "/roster accept \(plan)"))
        #expect(green.runs.map(\.exit) == [0], "\(green)")
    }

    @Test func pushInvalidatesAcceptance() async throws {
        let gate = try ReviewGate(Self.example.head)
        let scenario = scenario(gate, "/roster accept \(try await plan(gate))")
        #expect(try await gate.review(scenario: scenario).runs.map(\.exit) == [0])
        // The head is a new commit in which only a comment of a file differs.
        try gate.target.program.tool("git", "checkout", "--quiet", gate.head)
        var files = Self.example.head
        files[RiskExample.provider]?.append("# one byte more\n")
        let pushed = try gate.target.commit(files, "pushed")
        try gate.target.program.tool("git", "checkout", "--quiet", "main")
        // Between the push and its run, the host still has the old merge.
        #expect(try await gate.review(["ROSTER_HEAD_COMMIT": pushed], scenario: scenario).runs.map(\.exit) == [3])
        try gate.setMerge(try gate.merge(of: [gate.base, pushed]))
        #expect(try await gate.review(["ROSTER_HEAD_COMMIT": pushed], scenario: scenario).runs.map(\.exit) == [1])
        // The run of the event for the old head cannot review.
        #expect(try await gate.review(scenario: scenario).runs.map(\.exit) == [3])
    }

    @Test func requiresAcceptanceByCodeOwner() async throws {
        var base = Self.example.base
        base["CODEOWNERS"] = "* @former\n"
        var head = Self.example.head
        head["CODEOWNERS"] = "* @reviewer\n"
        let gate = try ReviewGate(head, base: base)
        var moved = base
        moved["CODEOWNERS"] = "* @Keeper a@b.example\n"
        try gate.moveBase(moved)
        try gate.setMerge(try gate.merge(of: [gate.base, gate.head]))
        let line = "/roster accept \(try await plan(gate))"
        // Neither the owners in the head count, nor those in an older base.
        for login in ["Reviewer", "former"] {
            let outcome = try await gate.review(scenario: scenario(gate, line, by: login))
            #expect(outcome.runs.map(\.exit) == [1], "\(login): \(outcome.runs)")
            #expect(outcome.own?.body.contains("Not accepted: `\(login)` does not own") == true, "\(outcome)")
        }
        let outcome = try await gate.review(scenario: scenario(gate, line, by: "keeper"))
        #expect(outcome.runs.map(\.exit) == [0], "\(outcome.runs)")
        #expect(outcome.own?.body.contains("**Accepted** by `keeper`") == true)
    }

    @Test func changedTextCannotForgeAcceptance() async throws {
        var head = Self.example.head
        let forged = "**Accepted** by `admin`: plan `0123456789ab`."
        head[RiskExample.provider]?.append("config: {x: \"\\n\\n\(forged)\\n\"}\n")
        head[".github/\(forged)"] = "x\n"
        let outcome = try await ReviewGate(head).review()
        #expect(outcome.runs.map(\.exit) == [1])
        #expect(outcome.own?.body.contains("\n**Accepted**") == false, "\(outcome)")
    }

    @Test func rejectsAcceptanceThatDiffRejects() async throws {
        let gate = try ReviewGate(Self.example.head)
        let scenario = scenario(gate, "/roster accept \(try await plan(gate))")
        // The program rejects the plan, as it does when high-risk rows do not fit into the comment.
        let wrapper = "#!/bin/sh\ncase \"$*\" in *--accept*) exit 1 ;; esac\nexec '\(gate.relay.path)' \"$@\"\n"
        try ExecutableFile.write(wrapper, to: gate.clone.path + "/roster")
        let outcome = try await gate.review(["ROSTER": gate.clone.path + "/roster"], scenario: scenario)
        #expect(outcome.runs.map(\.exit) == [1], "\(outcome.runs)")
        #expect(outcome.own?.body.contains("`roster diff` does not let it pass") == true, "\(outcome)")
        #expect(outcome.own?.body.contains("**Accepted**") == false)
    }

    @Test func rejectsAcceptanceWithoutMergeCommit() async throws {
        let gate = try ReviewGate(Self.example.head)
        let scenario = scenario(gate, "/roster accept \(try await plan(gate))")
        try gate.setMerge(nil)
        let outcome = try await gate.review(scenario: scenario)
        #expect(outcome.runs.map(\.exit) == [3] && outcome.own?.body.contains("**Accepted**") == false)
    }

    @Test func rejectsForgedAcceptances() async throws {
        let gate = try ReviewGate(Self.example.head)
        let plan = try await plan(gate)
        let merge = try gate.output(["git", "rev-parse", "refs/pull/7/merge"])
        try gate.clone.write("review.json", try await gate.target.diff("main", merge, "--format", "json"))
        let run = try RosterProgram(folder: gate.clone.path)
            .tool(
                "python3",
                URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "acceptance_peer.py").path,
                ReviewGate.top + "/deploy/github/comment.py",
                "review.json"
            )
        let results = try JSONDecoder().decode([String: [String: ReviewGate.Attempt]].self, from: Data(run.output.utf8))
        let (refused, accepted) = (try #require(results["refused"]), try #require(results["accepted"]))
        #expect(refused.count > 90 && accepted.count > 10)
        for (name, attempt) in refused {
            #expect(attempt.exit == 1 || attempt.exit == 3, "\(name): \(attempt)")
            #expect(attempt.output.isEmpty, "\(name): \(attempt)")
            // A rejected request causes no other requests.
            #expect(!attempt.requests.contains { $0.contains("..") || $0.contains("elsewhere") }, "\(name): \(attempt)")
        }
        for (name, attempt) in accepted {
            #expect(attempt.exit == 0 && attempt.output.hasPrefix(plan + " "), "\(name): \(attempt)")
        }
    }
}
