import Foundation
import RosterTestSupport
import Testing

/// The sealing keys that are trusted in different git repositories.
@Suite("Commands: trusted sealing keys")
struct TrustedKeyTests {
    /// A repository with its own key and an unknown key in `roster.yaml`, in some state of git.
    private struct Layout {
        let folder: ScratchFolder
        var program: RosterProgram
        let own: String
        static let unknownKey = "rk_0ad9c00f55cfc78ea1464dc289947318"

        init() async throws {
            let home = try ScratchFolder()
            folder = try ScratchFolder(keeping: home)
            try FileManager.default.createDirectory(atPath: folder.path + "/own", withIntermediateDirectories: true)
            program = RosterProgram(folder: folder.path + "/own")
            program.environment = [
                "HOME": home.path, "XDG_CONFIG_HOME": home.path, "CREDENTIALS_DIRECTORY": nil,
                "GIT_CONFIG_GLOBAL": "/dev/null",
            ]
            try folder.write(
                "own/roster.yaml",
                "roster: 1\nprojects:\n  acme:\n    id: proj_V1StGXR8Z5jdHi6B\n    name: Acme\n"
            )
            let run = try await program.run("key", "generate", "--name", "own")
            try #require(run.exitCode == 0, "\(run)")
            own = try #require(run.output.split(separator: " ").first { $0.hasPrefix("rk_") }).description
        }

        /// Runs a script in the repository, whose parent folder can contain other repositories.
        func sh(_ script: String) throws { try program.tool("sh", "-euc", script) }

        func addUnknownKey() async throws {
            let key = "l+KfvtbnN3yuTEs53jKJ345eI+sSK3ejqUnApJzs+Tw="
            let run = try await program.run("key", "add", key, "--name", "unknown")
            try #require(run.exitCode == 0, "\(run)")
        }

        /// Runs a sealing command.
        func seal(_ arguments: [String] = ["secret", "set", "acme/new", "--host", "a.example.org"]) async throws
            -> ProgramRun
        {
            try await program.run(arguments, input: Data("KEY-0123456789abcdef".utf8))
        }
    }

    private static let commit = "git add -A; git commit -qm change; "
    /// Returns a script that adds a bare clone of the repository as a remote, with this default branch.
    private static func publish(_ remote: String, branch: String = "main") -> String {
        """
        git clone -q --bare . ../\(remote).git; git -C ../\(remote).git branch -qM \(branch)
        git remote add \(remote) ../\(remote).git; git fetch -q \(remote)

        """
    }
    private static func setHead(_ remote: String) -> String { "git remote set-head \(remote) --auto >/dev/null\n" }

    /// The expected trust decision.
    enum Outcome {
        /// Both keys are accepted.
        case bothTrusted
        /// Only the unknown key is rejected.
        case unknownRejected
        /// Every key is rejected, because there is no base to compare with.
        case bothRejected
    }

    struct Case: CustomTestStringConvertible {
        var name: String
        /// A script that runs when `roster.yaml` contains only the repository's own key.
        var before: String
        /// A script that runs after the unknown key was added.
        var after = ""
        var outcome: Outcome
        /// A part of the error message.
        var words = "the sealing key"
        var testDescription: String { name }
    }

    private static let start = "git init -q -b main; "
    private static let cases = [
        Case(name: "no git", before: "", outcome: .bothTrusted),
        Case(name: "no commit and no remote", before: start, outcome: .bothTrusted),
        Case(
            name: "no commit, but a remote",
            before: start + "git remote add origin ../x",
            outcome: .bothRejected,
            words: "origin"
        ),
        Case(
            name: "no commit on this branch",
            before: start + commit + "git checkout -q --orphan other",
            outcome: .bothRejected,
            words: "HEAD has no commit"
        ),
        Case(name: "no remote", before: start + commit, outcome: .unknownRejected, words: "HEAD"),
        Case(name: "no remote, both committed", before: start, after: commit, outcome: .bothTrusted),
        Case(
            name: "no remote, and HEAD without roster.yaml",
            before: start + "git commit -q --allow-empty -m empty",
            outcome: .bothRejected,
            words: "HEAD"
        ),
        Case(name: "a detached HEAD", before: start + commit + "git checkout -q --detach", outcome: .unknownRejected),
        Case(
            name: "a branch that pulls from a URL",
            before: start + commit + "git config branch.main.remote https://git.example.org/x",
            outcome: .bothRejected,
            words: "git.example.org"
        ),
        Case(
            name: "a remote that was never fetched",
            before: start + commit + "git remote add somewhere https://git.example.org/x",
            outcome: .bothRejected,
            words: "somewhere"
        ),
        Case(
            name: "a fetched branch without HEAD",
            before: start + commit + publish("origin", branch: "trunk"),
            outcome: .bothRejected,
            words: "set-head origin --auto"
        ),
        Case(
            name: "a default branch of another name",
            before: start + commit + publish("origin", branch: "trunk") + setHead("origin"),
            outcome: .unknownRejected,
            words: "origin/trunk"
        ),
        Case(
            name: "a remote of another name",
            before: start + commit + publish("canonical") + setHead("canonical"),
            outcome: .unknownRejected,
            words: "canonical/main"
        ),
        Case(name: "origin/main without HEAD", before: start + commit + publish("origin"), outcome: .unknownRejected),
        Case(
            name: "both at origin/main",
            before: start,
            after: commit + publish("origin") + setHead("origin"),
            outcome: .bothTrusted
        ),
        Case(
            name: "committed here, and not upstream",
            before: start + commit + publish("origin") + setHead("origin"),
            after: commit,
            outcome: .unknownRejected
        ),
        Case(
            name: "an upstream without roster.yaml",
            before: start + "git commit -q --allow-empty -m empty\n" + publish("origin") + setHead("origin"),
            after: commit,
            outcome: .bothRejected,
            words: "origin/main"
        ),
        Case(
            name: "a HEAD of the remote that dangles",
            before: start + commit + publish("origin")
                + "git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/gone",
            outcome: .bothRejected,
            words: "refs/remotes/origin/gone"
        ),
        Case(
            name: "a HEAD of the remote that leads to a local branch",
            before: start + commit + publish("origin"),
            after: commit + "git symbolic-ref refs/remotes/origin/HEAD refs/heads/main",
            outcome: .bothRejected,
            words: "refs/heads/main"
        ),
        Case(
            name: "a HEAD of the remote that leads to a tag",
            before: start + commit + publish("origin"),
            after: commit + "git tag evil; git symbolic-ref refs/remotes/origin/HEAD refs/tags/evil",
            outcome: .bothRejected
        ),
        Case(
            name: "tags and branches with the names of the remote's",
            before: start + commit + publish("origin"),
            after: commit + """
                git tag origin/main; git branch origin/main; git tag refs/remotes/origin/main
                git branch refs/remotes/origin/main
                """,
            outcome: .unknownRejected
        ),
        Case(
            name: "a tag in place of a branch that is not there",
            before: start + commit + publish("origin", branch: "trunk"),
            after: commit + "git tag refs/remotes/origin/main; git tag refs/remotes/origin/HEAD",
            outcome: .bothRejected
        ),
        Case(
            name: "a contributor's remote has the key, origin does not",
            before: start + commit + publish("origin") + setHead("origin"),
            after: commit + publish("mallory") + setHead("mallory"),
            outcome: .unknownRejected,
            words: "origin/main"
        ),
        Case(
            name: "origin has the key, a contributor's remote does not",
            before: start + commit + publish("contributor") + setHead("contributor"),
            after: commit + publish("origin") + setHead("origin"),
            outcome: .bothTrusted
        ),
        Case(
            name: "remotes of which none is customary must agree",
            before: start + commit + publish("one") + setHead("one"),
            after: commit + publish("two") + setHead("two"),
            outcome: .unknownRejected,
            words: "one/main"
        ),
        Case(
            name: "a fork has the key, upstream does not",
            before: start + commit + publish("upstream") + setHead("upstream"),
            after: commit + publish("origin") + setHead("origin") + "git config remote.pushDefault origin",
            outcome: .unknownRejected,
            words: "upstream/main"
        ),
        Case(
            name: "upstream has the key, the fork is behind",
            before: start + commit + publish("origin") + setHead("origin"),
            after: commit + publish("upstream") + setHead("upstream"),
            outcome: .bothTrusted
        ),
        Case(
            name: "upstream has the key, origin went another way",
            before: start + commit + publish("origin") + setHead("origin")
                + "git commit -q --allow-empty -m own; git push -q origin main; git reset -q --hard HEAD~1",
            after: commit + publish("upstream") + setHead("upstream"),
            outcome: .unknownRejected,
            words: "origin/main"
        ),
        Case(
            name: "remote-tracking branches alone",
            before: start + commit + "git update-ref refs/remotes/origin/main HEAD",
            outcome: .unknownRejected
        ),
        Case(
            name: "a setting of a remote that has no URL",
            before: start + commit + "git config remote.origin.prune true",
            outcome: .unknownRejected,
            words: "HEAD"
        ),
        Case(
            name: "a local branch that tracks another local branch",
            before: start + commit + "git checkout -q -b work --track main 2>/dev/null",
            outcome: .unknownRejected,
            words: "HEAD"
        ),
    ]

    @Test("A key is trusted if it is in the reviewed branch, and rejected otherwise", arguments: cases)
    func layout(_ layout: Case) async throws {
        let repository = try await Layout()
        try repository.sh(layout.before.isEmpty ? ":" : layout.before)
        try await repository.addUnknownKey()
        try repository.sh(layout.after.isEmpty ? ":" : layout.after)
        let (own, unknown) = (repository.own, Layout.unknownKey)
        let run = try await repository.seal()
        let isWritten = repository.folder.exists("own/secrets/acme/new.yaml")
        guard layout.outcome != .bothTrusted else {
            #expect(run.exitCode == 0 && run.output.contains(unknown) && run.error.isEmpty, "\(run)")
            return
        }
        #expect(run.exitCode == 3 && !isWritten, "\(run)")
        #expect(run.error.contains(layout.words), "\(run.error)")
        #expect(run.error.contains("--trust-key \(unknown)"), "\(run.error)")
        let isOwnRefused = layout.outcome == .bothRejected
        #expect(run.error.contains("--trust-key \(own)") == isOwnRefused, "\(run.error)")
        // With two rejected keys, naming one is not enough.
        let set = ["secret", "set", "acme/new", "--host", "a.example.org"]
        let one = try await repository.seal(set + ["--trust-key", isOwnRefused ? unknown : own])
        #expect(one.exitCode == 3, "\(one)")
        let all = try await repository.seal(
            set + ["--trust-key", unknown] + (isOwnRefused ? ["--trust-key", own] : [])
        )
        #expect(all.exitCode == 0 && all.output.contains(unknown), "\(all)")
    }

    @Test func sealingCommandsRejectUntrustedKey() async throws {
        let repository = try await Layout()
        try repository.sh(Self.start)
        #expect(try await repository.seal().exitCode == 0)
        try repository.sh(Self.commit + Self.publish("origin") + Self.setHead("origin"))
        try await repository.addUnknownKey()
        let before = try repository.folder.read("own/secrets/acme/new.yaml")
        for arguments in [
            ["secret", "set", "acme/new"], ["secret", "set", "acme/new", "--host", "b.example.org"],
            ["secret", "reseal", "--all"], ["secret", "reseal", "acme/new"],
            ["secret", "reseal", "acme/new", "--host", "b.example.org"],
        ] {
            let run = try await repository.seal(arguments)
            #expect(run.exitCode == 3 && run.error.contains("--trust-key \(Layout.unknownKey)"), "\(arguments): \(run)")
            #expect(try repository.folder.read("own/secrets/acme/new.yaml") == before)
        }
        let named = try await repository.seal(["secret", "reseal", "--all", "--trust-key", Layout.unknownKey])
        #expect(named.exitCode == 0, "\(named)")
    }

    @Test func keyRetiredUpstreamIsUntrusted() async throws {
        let repository = try await Layout()
        try await repository.addUnknownKey()
        let active = try repository.folder.read("own/roster.yaml")
        #expect(try await repository.program.run("key", "retire", Layout.unknownKey).exitCode == 0)
        try repository.sh(Self.start + Self.commit + Self.publish("origin") + Self.setHead("origin"))
        let retired = try await repository.seal()
        #expect(retired.exitCode == 0 && !retired.output.contains(Layout.unknownKey), "\(retired)")
        try repository.folder.write("own/roster.yaml", active)
        let run = try await repository.seal()
        #expect(run.exitCode == 3 && run.error.contains("--trust-key \(Layout.unknownKey)"), "\(run)")
    }

    @Test func worktreesAndShallowClonesUseSameUpstream() async throws {
        let repository = try await Layout()
        try repository.sh(
            Self.start + Self.commit + Self.publish("origin") + Self.setHead("origin") + """
                git worktree add -q ../tree -b work
                git clone -q --depth 1 "file://$(cd ../origin.git && pwd)" ../shallow
                """
        )
        for name in ["tree", "shallow"] {
            var program = repository.program
            program.folder = repository.folder.path + "/" + name
            let set = ["secret", "set", "acme/new", "--host", "a.example.org"]
            #expect(try await program.run(set, input: Data("KEY-1".utf8)).exitCode == 0)
            _ = try await program.run(
                "key",
                "add",
                "l+KfvtbnN3yuTEs53jKJ345eI+sSK3ejqUnApJzs+Tw=",
                "--name",
                "unknown"
            )
            let run = try await program.run(set, input: Data("KEY-2".utf8))
            #expect(run.exitCode == 3 && run.error.contains("origin/main"), "\(name): \(run)")
        }
    }

    @Test func initSuggestsTrustKeyForUncommittedKey() async throws {
        let (folder, home) = (try ScratchFolder(), try ScratchFolder())
        var program = RosterProgram(folder: folder.path)
        program.environment = ["HOME": home.path, "XDG_CONFIG_HOME": home.path, "CREDENTIALS_DIRECTORY": nil]
        try program.tool("git", "init", "-q")
        try program.tool("git", "commit", "-q", "--allow-empty", "-m", "first")
        let run = try await program.run("init", "--project", "acme")
        let line = try #require(run.output.split(separator: "\n").first { $0.contains("secret set acme/openai") })
        let words = line.split(separator: " ").drop { $0 != "roster" }.dropFirst().map(String.init)
        #expect(words.contains("--trust-key"))
        #expect(try await program.run(words, input: Data("KEY-0123456789abcdef".utf8)).exitCode == 0)
    }
}
