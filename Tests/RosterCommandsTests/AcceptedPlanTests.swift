import Foundation
import RosterCompiler
import RosterFrontend
import RosterTestSupport
import Testing

@testable import RosterReview

/// `diff --accept` with plans of real repositories.
@Suite("roster diff --accept")
struct AcceptedPlanTests {
    /// A repository in which a key is redirected between two commits.
    private func redirected() throws -> (ReviewRepository, String, String) {
        let repository = try ReviewRepository()
        let example = KeyDestinationChanged.example
        return (repository, try repository.commit(example.base), try repository.commit(example.head))
    }

    private func plan(_ repository: ReviewRepository, _ arguments: String...) async throws -> String {
        let run = try await repository.program.run(["diff"] + arguments + ["--format", "json"])
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        return try #require(document?["plan"] as? String, "\(run)")
    }

    @Test func allFormatsPrintSamePlan() async throws {
        let (repository, base, head) = try redirected()
        let plan = try await plan(repository, base, head)
        #expect(Plan(digits: plan) != nil)
        #expect(try await repository.diff(base, head).hasSuffix("\nplan \(plan)\n"))
        #expect(try await repository.diff(base, head, "--quiet").hasSuffix("\nplan \(plan)\n"))
        #expect(try await repository.diff(base, head, "--format", "markdown").contains("`plan \(plan)`"))
        #expect(
            try await repository.diff(base, head, "--format", "github").contains(
                "::notice title=roster::plan \(plan)\n"
            )
        )
        // Without changes, text output has no plan, and JSON has one.
        #expect(try await repository.diff(base, base) == "no changes\n")
        _ = try await self.plan(repository, base, base)
    }

    @Test func acceptsMatchingPlanOnly() async throws {
        let (repository, base, head) = try redirected()
        let plan = try await plan(repository, base, head)
        for format in ["text", "json", "markdown", "github"] {
            for risk in ["low", "critical"] {
                let gate = [base, head, "--format", format, "--fail-on", risk]
                #expect(try await repository.program.run(["diff"] + gate).exitCode == 1)
                let accepted = try await repository.program.run(["diff"] + gate + ["--accept", plan])
                #expect(accepted.exitCode == 0 && !accepted.error.contains("another plan"))
                let refused = try await repository.program.run(["diff"] + gate + ["--accept", "0123456789ab"])
                #expect(refused.exitCode == 1)
                #expect(refused.error.contains("--accept 0123456789ab is another plan: the present plan is \(plan)\n"))
                #expect(refused.output == accepted.output || format == "markdown")
            }
        }
    }

    @Test func acceptanceChangesExitCode1Only() async throws {
        let (repository, base, head) = try redirected()
        let plan = try await plan(repository, base, head)
        func code(_ arguments: String...) async throws -> Int32 {
            try await repository.program.run(["diff", base, head] + arguments).exitCode
        }
        #expect(try await code("--accept", plan) == 0)
        #expect(try await code("--accept", "0123456789ab") == 0)
        #expect(try await code("--accept", plan, "--detailed-exitcode") == 2)
        #expect(try await code("--accept", plan, "--detailed-exitcode", "--fail-on", "high") == 2)
        #expect(try await code("--accept", "0123456789ab", "--detailed-exitcode", "--fail-on", "high") == 1)
        #expect(
            try await repository.program.run("diff", base, "nowhere", "--accept", plan, "--fail-on", "low").exitCode
                == 3
        )
        let malformed = [
            "", "0123456789a", "0123456789abc", plan.uppercased() + "A", "0123456789aB", "plan \(plan)", "\(plan)\n",
            "０１２３４５６７８９ab",
        ]
        for text in malformed { #expect(try await code("--accept=\(text)", "--fail-on", "high") == 64, "\(text)") }
    }

    @Test func planIsStableAcrossClonesAndRefNames() async throws {
        let (repository, base, head) = try redirected()
        let plan = try await plan(repository, base, head)
        try repository.program.tool("git", "branch", "old", base)
        #expect(try await self.plan(repository, "old", "main") == plan)
        let folder = try ScratchFolder()
        let path = folder.path + "/elsewhere"
        try repository.program.tool("git", "clone", "--quiet", "file://" + repository.folder.path, path)
        let clone = RosterProgram(folder: path)
        #expect(try await clone.run("diff", base, "origin/HEAD").output.hasSuffix("plan \(plan)\n"))
    }

    @Test func planChangesWithEveryByte() async throws {
        let example = KeyDestinationChanged.example
        let repository = try ReviewRepository()
        var plans: Set<String> = []
        var files = (example.base, example.head)
        func add() async throws {
            plans.insert(try await plan(repository, repository.commit(files.0), repository.commit(files.1)))
        }
        try await add()
        files.1[RiskExample.provider]?.append("# a\n")
        try await add()
        files.1[RiskExample.provider]?.append("\n")
        try await add()
        // On both sides, so that the rows stay the same.
        for comment in ["# b\n", "# c\n"] {
            files.0[RiskExample.roster]?.append(comment)
            files.1[RiskExample.roster]?.append(comment)
            try await add()
        }
        #expect(plans.count == 5)
        // The plan depends on the bytes of the working tree.
        for text in ["x\n", "y\n"] {
            try repository.folder.write(".github/workflows/a.yml", text)
            plans.insert(try await plan(repository, "HEAD"))
        }
        try repository.folder.write(RiskExample.roster, (files.1[RiskExample.roster] ?? "") + "# d\n")
        plans.insert(try await plan(repository, "HEAD"))
        #expect(plans.count == 8)
        #expect(plans.contains(try await plan(repository, "HEAD")))
    }

    @Test func rejectsPlanOfTruncatedOutput() async throws {
        let repository = try ReviewRepository()
        var files = TextOnly.example.base
        for number in 1_000..<2_600 {
            let name = "\(number)-" + String(repeating: "n", count: 50)
            files["providers/acme/\(name).yaml"] = RuleExample.ollama()
                .replacing("5mLd1oQaRw7yXz2B", with: "5mLd1oQaRw7y\(number)")
        }
        let (base, head) = (try repository.commit(files), try repository.commit(TextOnly.example.base))
        let plan = try await plan(repository, base, head)
        let gate = ["diff", base, head, "--fail-on", "high", "--accept", plan]
        #expect(try await repository.program.run(gate + ["--format", "markdown"]).exitCode == 1)
        #expect(try await repository.program.run(gate).exitCode == 0)
    }

    @Test func readsOwnersFromBase() async throws {
        let repository = try ReviewRepository()
        var files = KeyDestinationChanged.example.base
        files[".github/CODEOWNERS"] = "/secrets/ @acme/security\n"
        let base = try repository.commit(files)
        files = KeyDestinationChanged.example.head
        // The head cannot name its own owners.
        files[".github/CODEOWNERS"] = "* @mallory\n"
        let head = try repository.commit(files)
        let rows = try await repository.changes(base, head)
        let owners = Dictionary(rows.map { ($0["kind"] as? String, $0["owners"] as? [String]) }) { first, _ in first }
        #expect(owners == ["file": [], "provider": [], "secret": ["@acme/security"]])
    }
}
