import Foundation
import RosterCompiler
import RosterTestSupport
import Testing

@testable import RosterReview

/// The scripts and workflows of pull requests, as far as they run without a host.
@Suite("Pull requests and pipelines")
struct PullRequestTests {
    private static let top = ReviewGate.top
    private static let path = ReviewGate.path

    private func fork(_ head: [String: String]) throws -> ReviewGate { try ReviewGate(head) }

    @Test func commentsAndFailsForRedirectedKeyFromFork() async throws {
        var head = KeyDestinationChanged.example.head
        head["providers/acme/gpt-4o.yaml"]?.append("# ::set-output name=x::y\n")
        head[".gitattributes"] = "* filter=evil diff=evil\n"
        head["deploy/github/review"] = "touch /tmp/never\n"
        let gate = try fork(head)
        let clone = gate.clone
        let before = try clone.read("base/providers/acme/gpt-4o.yaml")
        let outcome = try await gate.review(rounds: 2)
        #expect(outcome.runs.map(\.exit) == [1, 1], "\(outcome.runs)")
        let text = outcome.runs[0].output
        #expect(text.contains("the key acme/openai-prod would go to https://eu.api.openai.com"))
        let lines = text.split(separator: "\n")
        let word = try #require(lines.first).dropFirst("::stop-commands::".count)
        #expect(lines.first?.hasPrefix("::stop-commands::") == true && word.count == 32)
        #expect(lines.last == "::\(word)::" && lines.dropFirst().dropLast().allSatisfy { !$0.contains(word) })
        // The script creates one comment and then updates it. It does not change other comments.
        let own = outcome.comments.filter { $0.body.hasPrefix("<!-- roster-diff -->\n") && $0.id != 1 }
        #expect(own.count == 1 && own[0].user.login == "github-actions[bot]")
        let sentence = "**Critical:** the key acme/openai-prod would go to eu.api.openai.com instead of api.openai.com"
        #expect(own[0].body.contains(sentence) && own[0].body.contains("`key-destination-changed`"))
        #expect(outcome.comments[0].body == "<!-- roster-diff -->\nall is well")
        #expect(outcome.comments[1].body == "see <!-- roster-diff -->")
        // The comments are read once in each run, both to find an acceptance and to find the comment to update.
        #expect(outcome.requests.map { $0[0] } == ["GET", "GET", "POST", "GET", "GET", "PATCH"])
        #expect(outcome.requests.allSatisfy { $0[2] == "Bearer the-comment-token" })
        // Only objects are fetched: the working tree and HEAD of the base are unchanged.
        #expect(try clone.read("base/providers/acme/gpt-4o.yaml") == before)
        #expect(!clone.exists("base/.gitattributes") && !clone.exists("base/deploy"))
        #expect(try RosterProgram(folder: clone.path + "/base").tool("git", "status", "--porcelain").output.isEmpty)
    }

    @Test func passesLowRiskPullRequest() async throws {
        let gate = try fork(DefaultModelChanged.example.head)
        let outcome = try await gate.review()
        #expect(outcome.runs.map(\.exit) == [0], "\(outcome.runs)")
        #expect(try await gate.review(["ROSTER_FAIL_ON": "medium"]).runs.map(\.exit) == [1])
    }

    @Test(
        "A pull request number that is not decimal is rejected",
        arguments: ["", "7/merge; true", "$(id)", "-1", "99"]
    )
    func numbers(number: String) async throws {
        let outcome = try await fork(DefaultModelChanged.example.head).review(number: number)
        #expect(outcome.runs[0].exit == (number == "99" ? 3 : 64))
        #expect(outcome.requests.isEmpty == (number != "99"))
    }

    @Test func actionCheckAnnotatesAndWritesSARIF() async throws {
        let folder = try ScratchFolder.repository()
        var program = RosterProgram(folder: folder.path)
        let relay = try ProgramRelay()
        program.environment = ["ROSTER": relay.path, "ROSTER_SARIF": "roster.sarif"]
        let script = Self.top + "/deploy/github/check"
        #expect(try await program.toolInBackground("bash", script).output.isEmpty)
        #expect(try folder.read("roster.sarif").contains("\"version\": \"2.1.0\""))
        try folder.write("providers/acme/local.yaml", ScratchFolder.provider.replacing("ollama", with: "olama"))
        let run = try await program.toolInBackground("bash", "-c", "bash '\(script)' || echo ended with $?")
        #expect(
            run.output.hasPrefix("::error file=providers/acme/local.yaml") && run.output.hasSuffix("ended with 1\n")
        )
        #expect(try folder.read("roster.sarif").contains("unknown-provider-slug"))
    }

    @Test func runsScriptsOfGitLabTemplate() async throws {
        let gate = try fork(KeyDestinationChanged.example.head)
        let (target, clone) = (gate.target, gate.clone)
        // The repository may contain links with the names of outputs.
        for name in ["roster-quality.json", "roster-junit.xml", "roster-diff.md"] {
            try RosterProgram(folder: clone.path).tool("ln", "-s", clone.path + "/victim", "base/" + name)
        }
        let python = """
            import sys, yaml
            print("\\n".join(yaml.safe_load(open(sys.argv[1]))[sys.argv[2]]["script"]))
            """
        var program = RosterProgram(folder: clone.path + "/base")
        program.environment = [
            "PATH": gate.relay.binFolder + ":" + Self.path,
            "CI_MERGE_REQUEST_PROJECT_URL": "file://" + target.folder.path + "/",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "ROSTER_FAIL_ON": "critical",
        ]
        func run(_ job: String) async throws -> ProgramRun {
            let lines = try program.tool("python3", "-c", python, Self.top + "/deploy/gitlab-ci.yml", job).output
            return try await program.startInBackground("bash", ["-c", "set -e -o pipefail\n" + lines])
        }
        let check = try await run("roster-check")
        #expect(check.exitCode == 0 && check.output.contains("no problems"), "\(check)")
        #expect(try program.tool("python3", "-m", "json.tool", "roster-quality.json").output == "[]\n")
        #expect(try program.tool("cat", "roster-junit.xml").output.contains("<testsuite"))
        // A git URL without the suffix of GitLab's URLs.
        try program.tool("ln", "-s", target.folder.path + "/.git", target.folder.path + "/.git.git")
        try program.tool("git", "fetch", "--quiet", "origin", "refs/pull/7/merge")
        program.environment["CI_COMMIT_SHA"] = try program.tool("git", "rev-parse", "FETCH_HEAD").output
            .trimmingCharacters(in: .whitespacesAndNewlines)
        program.environment["CI_MERGE_REQUEST_PROJECT_URL"] = "file://" + target.folder.path + "/.git"
        let review = try await run("roster-diff")
        #expect(review.exitCode == 1 && review.output.contains("[key-destination-changed]"), "\(review)")
        #expect(try program.tool("head", "-n1", "roster-diff.md").output == "<!-- roster-diff -->\n")
        #expect(!clone.exists("victim"))
        // The folder must be in the clone and must not be a link.
        try program.tool("ln", "-s", ".", "link")
        for (folder, code) in [("../base", 64), ("/etc", 64), ("missing", 64), ("link", 3), ("providers/", 1)] {
            program.environment["ROSTER_FOLDER"] = folder
            let run = try await run("roster-check")
            #expect(run.exitCode == code, "\(folder): \(run)")
        }
        // A shallow clone may not contain the merge base.
        program.environment["ROSTER_FOLDER"] = nil
        try program.tool("git", "update-ref", "-d", "refs/roster/target")
        try clone.write("base/.git/shallow", gate.base + "\n")
        let shallow = try await run("roster-diff")
        #expect(shallow.exitCode == 3 && shallow.error.contains("set GIT_DEPTH to 0"), "\(shallow)")
    }

    @Test func workflowsAndActionPassLintersAndArePinned() async throws {
        let (folder, home) = (try ScratchFolder(), try ScratchFolder())
        var program = RosterProgram(folder: folder.path)
        program.environment["XDG_CONFIG_HOME"] = home.path
        let action = "acme/roster@" + String(repeating: "ab", count: 20)
        #expect(try await program.run("init", "--project", "acme", "--action", action).exitCode == 0)
        program.folder = Self.top
        let workflows =
            try FileManager.default.contentsOfDirectory(atPath: Self.top + "/.github/workflows").sorted()
            .map { ".github/workflows/" + $0 }
            + ["roster", "review"].map { folder.path + "/.github/workflows/\($0).yaml" }
            + (try ReviewingPageTests.writeWorkflows(in: folder)) + ["deploy/models.yaml"]
        #expect(workflows.count >= 9)
        try program.tool(["zizmor", "--offline", "--quiet", "--min-severity=medium", "action.yml"] + workflows)
        try program.tool(["actionlint"] + workflows)
        let check = ["check-jsonschema", "--builtin-schema"]
        try program.tool(check + ["vendor.github-workflows"] + workflows)
        try program.tool(check + ["vendor.github-actions", "action.yml"])
        try program.tool(check + ["vendor.gitlab-ci", "deploy/gitlab-ci.yml"])
        try program.tool("python3", "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml")
        try await program.toolInBackground("bash", "-n", "deploy/github/check")
        try await program.toolInBackground("bash", "-n", "deploy/github/review")
        try await program.toolInBackground("bash", "-n", "deploy/github/program")
        for workflow in workflows {
            let text = try program.tool("cat", workflow).output
            for line in text.split(separator: "\n") where line.contains("uses: ") && !line.contains("#") {
                #expect(line.hasSuffix("uses: ./") || line.hasSuffix("uses: " + action), "\(line)")
            }
            #expect(text.contains("\npermissions: {}\n"))
        }
        let review = try program.tool("cat", ".github/workflows/review.yaml").output
        #expect(review.contains("    permissions:\n      pull-requests: write\n    steps:"))
        #expect(!review.contains("head.") && !review.contains("download-artifact"))
    }
}
