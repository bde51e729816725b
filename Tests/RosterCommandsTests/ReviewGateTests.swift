import Foundation
import RosterTestSupport
import Testing

@testable import RosterReview

/// The review script reviews the commit of the event, and passes each program only the variables that it needs.
@Suite("The review gate")
struct ReviewGateTests {
    private func gate() throws -> ReviewGate { try ReviewGate(KeyDestinationChanged.example.head) }

    @Test(
        "Only the merge of the event's head with the checked-out base is reviewed",
        arguments: [
            "another head", "another base", "a newer base", "three parents", "swapped parents", "the head itself",
            "one parent", "no parent", "a tree", "a blob", "a tag", "a missing ref", "a graft", "a replacement",
        ]
    )
    func merges(state: String) async throws {
        let gate = try gate()
        // A commit without changes that is substituted for the head: its review would pass.
        let harmless = try gate.merge(of: [], treeOf: gate.base)
        let newer = try gate.merge(of: [gate.base])
        switch state {
        case "another head": try gate.setMerge(try gate.merge(of: [gate.base, harmless]))
        case "another base": try gate.setMerge(try gate.merge(of: [harmless, gate.head], treeOf: gate.base))
        case "a newer base": try gate.setMerge(try gate.merge(of: [newer, gate.head]))
        case "a graft", "a replacement":
            // A graft or a replacement in the clone makes the other base an ancestor of its base.
            try gate.setMerge(try gate.merge(of: [harmless, gate.head], treeOf: gate.base))
            try gate.inBase("git", "fetch", "--quiet", "origin", "refs/pull/7/merge")
            if state == "a graft" {
                try gate.clone.write("base/.git/info/grafts", "\(gate.base) \(harmless)\n")
            } else {
                try gate.inBase("git", "replace", "--graft", gate.base, harmless)
            }
        case "three parents":
            try gate.setMerge(try gate.merge(of: [gate.base, gate.head, harmless], treeOf: gate.base))
        case "swapped parents": try gate.setMerge(try gate.merge(of: [gate.head, gate.base]))
        case "the head itself": try gate.setMerge(gate.head)
        case "one parent": try gate.setMerge(harmless)
        case "no parent": try gate.setMerge(try gate.merge(of: [], treeOf: gate.base))
        case "a tree": try gate.setMerge(try gate.output(["git", "rev-parse", gate.base + "^{tree}"]))
        case "a blob": try gate.setMerge(try gate.output(["git", "rev-parse", gate.base + ":roster.yaml"]))
        case "a tag":
            try gate.target.program.tool("git", "tag", "-a", "-m", "t", "t", "refs/pull/7/merge")
            try gate.setMerge(try gate.output(["git", "rev-parse", "refs/tags/t"]))
        default: try gate.setMerge(nil)
        }
        let outcome = try await gate.review()
        #expect(outcome.runs.map(\.exit) == [3], "\(outcome.runs)")
        #expect(outcome.runs[0].error.contains("review: cannot tell what pull request 7 changes: "))
        // An existing comment no longer describes the old head.
        #expect(outcome.own?.body.contains("**Roster: cannot tell**") == true)
    }

    @Test func reviewsMergeWithAncestorOfBase() async throws {
        let gate = try gate()
        var files = KeyDestinationChanged.example.base
        files["README.md"] = "The base has moved.\n"
        files["providers/acme/late.yaml"] = RiskExample.secondProvider
        try gate.moveBase(files)
        let outcome = try await gate.review()
        #expect(outcome.runs.map(\.exit) == [1], "\(outcome.runs)")
        #expect(outcome.runs[0].output.contains("key-destination-changed"))
        // Files that the base added since then do not count as deleted by the pull request.
        #expect(!outcome.runs[0].output.contains("acme/late"), "\(outcome.runs)")
    }

    /// Returns the outcome of a review during which the host replaces the merge commit.
    private func review(_ gate: ReviewGate, whileTheHostComputes merge: String) async throws -> ReviewGate.Outcome {
        let host = Process()
        host.executableURL = URL(fileURLWithPath: "/bin/sh")
        host.arguments = ["-c", "sleep 2; git update-ref refs/pull/7/merge \(merge)"]
        host.currentDirectoryURL = URL(fileURLWithPath: gate.target.folder.path)
        try host.run()
        defer { host.waitUntilExit() }
        return try await gate.review(["ROSTER_MERGE_WAIT": "30"])
    }

    @Test func prefersMergeWithCurrentBase() async throws {
        let gate = try gate()
        var files = KeyDestinationChanged.example.base
        files["README.md"] = "The base has moved.\n"
        try gate.moveBase(files)
        let base = try gate.output(["git", "rev-parse", "main"])
        #expect(gate.base != base)
        let merge = try gate.merge(of: [base, gate.head])
        let outcome = try await review(gate, whileTheHostComputes: merge)
        #expect(outcome.runs.map(\.exit) == [1], "\(outcome.runs)")
        #expect(outcome.own?.body.contains(merge) == true, "\(outcome)")
    }

    @Test func shallowCheckoutReportsRemedy() async throws {
        let gate = try gate()
        let url = "file://" + gate.target.folder.path
        for name in ["one", "two"] {
            var files = KeyDestinationChanged.example.base
            files["README.md"] = name
            try gate.target.commit(files, name)
        }
        try FileManager.default.removeItem(atPath: gate.clone.path + "/base")
        try gate.target.program.tool("git", "clone", "--quiet", "--depth=1", url, gate.clone.path + "/base")
        let outcome = try await gate.review()
        #expect(outcome.runs.map(\.exit) == [3])
        #expect(outcome.runs[0].error.contains("set fetch-depth: 0"), "\(outcome.runs)")
        #expect(outcome.own?.body.contains("set fetch-depth: 0") == true)
    }

    @Test(
        "The error for a missing merge commit explains the state that the API returns",
        arguments: [
            ("\"mergeable\": false", "It conflicts with its base."),
            ("\"mergeable_state\": \"dirty\"", "It conflicts with its base."),
            ("\"mergeable\": null", "The host has not computed the merge yet."),
            ("\"x\": 1", "or the host has not computed"),
            ("\"base\": {\"ref\": \"release\"}", "Its base branch is another one now"),
            ("moved", "Its head is 111111111111 now"),
        ]
    )
    func missingMerges(answer: String, sentence: String) async throws {
        let gate = try gate()
        try gate.setMerge(nil)
        let summary = gate.clone.path + "/summary.md"
        let head = answer == "moved" ? String(repeating: "1", count: 40) : gate.head
        let rest = answer == "moved" ? "" : ", " + answer
        let outcome = try await gate.review(
            ["GITHUB_STEP_SUMMARY": summary, "ROSTER_BASE_REF": "main"],
            scenario: "{\"pull\": {\"head\": {\"sha\": \"\(head)\"}\(rest)}}"
        )
        #expect(outcome.runs.map(\.exit) == [3])
        #expect(outcome.runs[0].error.contains(sentence), "\(outcome.runs)")
        #expect(outcome.own?.body.contains(sentence) == true)
        #expect(try gate.clone.read("summary.md").contains(sentence))
    }

    @Test func waitsForMergeCommit() async throws {
        let gate = try gate()
        let merge = try gate.output(["git", "rev-parse", "refs/pull/7/merge"])
        try gate.setMerge(try gate.merge(of: [gate.base, try gate.merge(of: [gate.base])]))
        let outcome = try await review(gate, whileTheHostComputes: merge)
        #expect(outcome.runs.map(\.exit) == [1], "\(outcome.runs)")
        #expect(outcome.runs[0].output.contains("key-destination-changed"))
        // A request for the pull request makes the host compute the merge commit.
        #expect(outcome.requests.contains { $0[1]?.hasSuffix("/pulls/7") == true })
    }

    @Test func acceptsBothHeadCommitVariables() async throws {
        let gate = try gate()
        let (head, base) = (gate.head, gate.base)
        func exit(_ commit: String?, _ sha: String?, _ more: [String: String?] = [:]) async throws -> Int32 {
            let variables: [String: String?] = ["ROSTER_HEAD_COMMIT": commit, "ROSTER_HEAD_SHA": sha]
            return try await gate.review(variables.merging(more) { $1 }).runs[0].exit
        }
        #expect(try await exit(head, nil) == 1)
        #expect(try await exit(nil, head) == 1)
        #expect(try await exit("", head.uppercased()) == 1)
        #expect(try await exit(head, head) == 1)
        #expect(try await exit(base, nil) == 3)
        for wrong in ["HEAD", String(head.dropLast()), head + "0", head + "\n", "--help", " " + head] {
            #expect(try await exit(wrong, nil) == 64, "\(wrong)")
            #expect(try await exit(nil, wrong) == 64, "\(wrong)")
        }
        #expect(try await exit(head, base) == 64)
        #expect(try await exit(head, "") == 64)
        #expect(try await exit(nil, "") == 64)
        // Without either variable, the API is queried.
        #expect(try await exit("", nil) == 3)
        #expect(try await exit("", nil, ["PEER_HEAD": head]) == 1)
        #expect(try await exit(nil, nil, ["PEER_HEAD": base]) == 3)
        #expect(try await exit(nil, nil, ["PEER_HEAD": "HEAD"]) == 3)
        for wait in ["-1", "61", "1.5", "1;id"] {
            #expect(try await exit(head, nil, ["ROSTER_MERGE_WAIT": wait]) == 64, "\(wait)")
        }
    }

    @Test func passesMinimalEnvironmentToEachProgram() async throws {
        let gate = try gate()
        // Each program logs its environment, then runs unchanged.
        let tools = try ScratchFolder()
        // The path of the interpreter itself, since a version manager's shim would prepend a folder to PATH.
        let real = [
            "git": "command -v git", "roster": "echo '\(gate.relay.path)'",
            "python3": "python3 -c 'import sys; print(sys.executable)'",
        ]
        for (name, question) in real {
            let found = try RosterProgram(folder: tools.path).tool("sh", "-c", question).output
                .trimmingCharacters(in: .whitespacesAndNewlines)
            try ExecutableFile.write(
                "#!/bin/sh\n{ echo \"== $*\"; env; tr '\\0' '\\n' < /proc/$$/environ; } >> '\(tools.path)/\(name).log'\nexec '\(found)' \"$@\"\n",
                to: tools.path + "/bin/\(name)"
            )
        }
        let outcome = try await gate.review([
            "PATH": tools.path + "/bin:" + ReviewGate.path, "ROSTER": tools.path + "/bin/roster",
            "ROSTER_FETCH_TOKEN": "the-fetch-token", "ROSTER_IDENTITY": "the-identity",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "the-id-token", "GITHUB_TOKEN": "the-github-token",
            "INPUT_SOME-TOKEN": "the-input-token", "AWS_SECRET_ACCESS_KEY": "the-aws-key",
        ])
        #expect(outcome.runs.map(\.exit) == [1], "\(outcome.runs)")
        #expect(outcome.requests.allSatisfy { $0[2] == "Bearer the-comment-token" })
        let basic = Data("x-access-token:the-fetch-token".utf8).base64EncodedString()
        for name in real.keys {
            // The fake API is started with the same tool.
            let calls = try tools.read("\(name).log").components(separatedBy: "== ").dropFirst()
                .filter { !$0.hasPrefix("/") }
            #expect(!calls.isEmpty, "\(name)")
            for call in calls {
                for secret in ["identity", "id-token", "github-token", "input-token", "aws-key"] {
                    #expect(!call.contains("the-" + secret), "\(name) has the \(secret)")
                }
                #expect(call.contains("the-comment-token") == (name == "python3"), "\(call)")
                #expect(call.contains(basic) == (name == "git" && call.contains(" fetch ")), "\(call)")
                #expect(!call.contains("the-fetch-token"))
            }
        }
    }

    @Test func rejectsCommentTokenAsFetchToken() async throws {
        let outcome = try await gate().review(["ROSTER_FETCH_TOKEN": "the-comment-token"])
        #expect(outcome.runs.map(\.exit) == [64] && outcome.requests.isEmpty)
    }

    @Test func fetchesPrivateRepositoryWithFetchToken() async throws {
        let gate = try gate()
        try gate.target.program.tool("git", "update-server-info")
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let peer = tests.appending(path: "private_git_peer.py").path
        func review(_ variables: [String: String?]) async throws -> ProgramRun {
            var program = RosterProgram(folder: gate.clone.path + "/base")
            program.environment = [
                "ROSTER": gate.relay.path, "ROSTER_HEAD_COMMIT": gate.head, "ROSTER_PULL_REQUEST": "7",
                "ROSTER_MERGE_WAIT": "0",
            ]
            program.environment.merge(variables) { $1 }
            return try await program.startInBackground(
                "python3",
                [
                    peer, gate.target.folder.path + "/.git", "the-token", "bash",
                    ReviewGate.top + "/deploy/github/review",
                ]
            )
        }
        let run = try await review(["ROSTER_FETCH_TOKEN": "the-token"])
        #expect(run.exitCode == 1 && run.output.contains("key-destination-changed"), "\(run.error)")
        #expect(!run.error.contains("the-token") && !run.output.contains("the-token"))
        #expect(try await review(["ROSTER_FETCH_TOKEN": "another"]).exitCode == 3)
        let without = try await review([:])
        #expect(without.exitCode == 3 && without.error.contains("fetch-token"))
        // The clone contains no part of the token.
        let config = try gate.clone.read("base/.git/config")
        #expect(!config.contains("extraHeader") && !config.contains("the-token"))
    }

    @Test func apiFailureChangesNeitherSummaryNorExitCode() async throws {
        let faults = [
            ("^GET", "404"), ("^GET", "500"), ("^GET", "\"null\""), ("^POST", "403"), ("^POST", "\"redirect\""),
            ("^POST", "\"drop\""), ("^POST", "\"garbage\""), ("^POST", "\"deep\""),
        ]
        let examples = [(KeyDestinationChanged.example.head, 1), (DefaultModelChanged.example.head, 3)]
        for (head, exit) in examples {
            let gate = try ReviewGate(head)
            for (index, (pattern, fault)) in faults.enumerated() {
                let outcome = try await gate.review(
                    ["GITHUB_STEP_SUMMARY": gate.clone.path + "/summary\(index)"],
                    scenario: "{\"faults\": [[\"\(pattern)\", \(fault)]]}"
                )
                #expect(outcome.runs.map(\.exit) == [Int32(exit)], "\(fault): \(outcome.runs)")
                #expect(outcome.runs[0].error.contains("the comment could not be written"))
                #expect(try gate.clone.read("summary\(index)").contains("acme/gpt-4o"))
            }
            #expect(try await gate.review().runs.map(\.exit) == [exit == 1 ? 1 : 0])
        }
    }

    @Test func writesSummaryBeforeCallingAPI() async throws {
        let gate = try gate()
        // Calling the API kills the script.
        try ExecutableFile.write("#!/bin/sh\nkill -KILL $PPID\n", to: gate.clone.path + "/tools/python3")
        var program = RosterProgram(folder: gate.clone.path + "/base")
        program.environment = [
            "ROSTER": gate.relay.path, "ROSTER_HEAD_COMMIT": gate.head, "ROSTER_PULL_REQUEST": "7",
            "ROSTER_COMMENT_TOKEN": "the-token", "GITHUB_STEP_SUMMARY": gate.clone.path + "/summary.md",
            "PATH": gate.clone.path + "/tools:" + ReviewGate.path,
        ]
        _ = try await program.startInBackground("bash", [ReviewGate.top + "/deploy/github/review"])
        #expect(try gate.clone.read("summary.md").contains("key-destination-changed"))
    }

    @Test("Outputs do not follow symbolic links", arguments: ["out.sarif", "folder/out.sarif", "a/b/out.sarif"])
    func links(path: String) async throws {
        let folder = try ScratchFolder.repository()
        let outside = try ScratchFolder()
        try outside.write("victim", "untouched\n")
        var program = RosterProgram(folder: folder.path)
        let relay = try ProgramRelay()
        program.environment = ["ROSTER": relay.path, "ROSTER_SARIF": path]
        let script = ReviewGate.top + "/deploy/github/check"
        switch path {
        case "out.sarif": try program.tool("ln", "-s", outside.path + "/victim", path)
        case "folder/out.sarif": try program.tool("ln", "-s", outside.path, "folder")
        default:
            try program.tool("mkdir", "a")
            try program.tool("ln", "-s", outside.path, "a/b")
        }
        let run = try await program.startInBackground("bash", [script])
        #expect(run.exitCode == (path == "out.sarif" ? 0 : 3), "\(run.error)")
        #expect(try outside.read("victim") == "untouched\n")
        #expect(!outside.exists("out.sarif"))
        if path == "out.sarif" {
            #expect(try folder.read(path).contains("\"version\": \"2.1.0\""))
            #expect(try program.tool("find", ".", "-type", "l").output.isEmpty)
        }
        #expect(try program.tool("find", ".", "-name", ".roster.*").output.isEmpty)
        // Output into a regular folder is written.
        try program.tool("mkdir", "plain")
        program.environment["ROSTER_SARIF"] = "plain/out.sarif"
        #expect(try await program.startInBackground("bash", [script]).exitCode == 0 && folder.exists("plain/out.sarif"))
    }
}
