import Foundation
import RosterModel
import RosterCompiler
import RosterSources
import RosterTestSupport
import Testing

@testable import RosterGit

/// Repositories that try to make git run, fetch or block on something while they are only read.
struct HostileRepositoryTests {
    private let path = "providers/acme/a.yaml"

    /// A repository with one commit, whose configuration would run `touch` on the file that is given with it.
    private func armed(_ settings: [String]) throws -> (repository: ScratchRepository, trace: String) {
        let repository = try ScratchRepository()
        try repository.write(path, "one\n")
        try repository.commit(at: 100)
        let trace = repository.folder + "/.git/was-run"
        let script = repository.folder + "/.git/attack"
        try ExecutableFile.write("#!/bin/sh\ntouch '\(trace)'\n", to: script)
        for setting in settings { try repository.git(["config", setting, script]) }
        return (repository, trace)
    }

    private func readEverything(_ repository: ScratchRepository) async throws -> TreeHistory {
        _ = try await repository.files(of: "HEAD")
        let opened = try await repository.opened()
        let file = DatedFile(path: path, bytes: Array("two\n".utf8), modified: 5)
        return try await GitHistory(
            ofWorkTreeAt: try await opened.head(),
            in: opened,
            uncommitted: UncommittedDates(sourceDateEpoch: nil)
        ).history(of: [file])
    }

    @Test func noProgramOfTheRepositorysConfigurationRuns() async throws {
        let (repository, trace) = try armed([
            "core.fsmonitor", "core.pager", "pager.log", "gpg.program", "core.sshCommand", "core.editor",
            "core.askPass", "credential.helper", "diff.external", "diff.evil.textconv", "diff.evil.command",
            "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "uploadpack.packObjectsHook",
            "core.alternateRefsCommand",
        ])
        try repository.git(["config", "log.showSignature", "true"])
        try repository.git(["config", "filter.evil.required", "true"])
        try Data("* filter=evil diff=evil\n".utf8)
            .write(to: URL(fileURLWithPath: repository.folder + "/.git/info/attributes"))
        for hook in ["post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman"] {
            try FileManager.default.createSymbolicLink(
                atPath: repository.folder + "/.git/hooks/" + hook,
                withDestinationPath: repository.folder + "/.git/attack"
            )
        }
        let history = try await readEverything(repository)
        #expect(history.isDirty)
        #expect(!FileManager.default.fileExists(atPath: trace))
        // The trap is set well: git as it comes falls into it.
        try repository.git(["status"], mayFail: true)
        #expect(FileManager.default.fileExists(atPath: trace))
    }

    @Test func runsNoProgramForSignedCommits() async throws {
        let (repository, trace) = try armed(["gpg.program", "gpg.ssh.program", "gpg.x509.program"])
        try repository.git(["config", "log.showSignature", "true"])
        let tree = try repository.git(["rev-parse", "HEAD^{tree}"])
        let commit = """
            tree \(tree)
            author T <t@example.com> 100 +0000
            committer T <t@example.com> 100 +0000
            gpgsig -----BEGIN PGP SIGNATURE-----
             
             none
             -----END PGP SIGNATURE-----

            signed

            """
        let id = try repository.git(["hash-object", "-t", "commit", "-w", "--stdin"], input: Data(commit.utf8))
        try repository.git(["update-ref", "HEAD", id])
        #expect(try await readEverything(repository).committedAt == 100)
        #expect(!FileManager.default.fileExists(atPath: trace))
        try repository.git(["log", "-1"], mayFail: true)
        #expect(FileManager.default.fileExists(atPath: trace))
    }

    @Test func reportsMissingObjectAsUnreadable() async throws {
        let repository = try ScratchRepository()
        try repository.write(path, "one\n")
        try repository.commit(at: 100)
        let blob = try repository.git(["rev-parse", "HEAD:\(path)"])
        try repository.remove(".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
        guard case .unreadable(let failure)? = try await repository.files(of: "HEAD")[path] else {
            Issue.record("a missing blob was read")
            return
        }
        #expect(failure.reason.contains("no such object") && failure.reason.contains("git fsck"))
        let commit = try repository.git(["rev-parse", "HEAD"])
        try repository.remove(".git/objects/\(commit.prefix(2))/\(commit.dropFirst(2))")
        await #expect(throws: GitError.missingObject(commit)) { _ = try await repository.opened().tree(of: commit) }
    }

    @Test func doesNotFetchMissingObjectOfPartialClone() async throws {
        let (repository, trace) = try armed([])
        let blob = try repository.git(["rev-parse", "HEAD:\(path)"])
        try repository.git(["config", "core.repositoryFormatVersion", "1"])
        try repository.git(["config", "extensions.partialClone", "origin"])
        try repository.git(["config", "remote.origin.promisor", "true"])
        try repository.git(["config", "remote.origin.url", "ext::\(repository.folder)/.git/attack"])
        try repository.git(["config", "protocol.ext.allow", "always"])
        try repository.remove(".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
        await #expect(throws: GitError.partialClone(object: blob)) { try await repository.files(of: "HEAD") }
        #expect(!FileManager.default.fileExists(atPath: trace))
        try repository.git(["cat-file", "blob", blob], mayFail: true)
        #expect(FileManager.default.fileExists(atPath: trace))
    }

    @Test func readsFolderWithTheLayoutOfABareRepository() async throws {
        let outer = try ScratchRepository()
        let trace = outer.folder + "/was-run"
        try outer.write("registry/HEAD", "ref: refs/heads/main\n")
        try outer.write("registry/objects/x", "")
        try outer.write("registry/refs/x", "")
        try outer.write("registry/config", "[core]\n\tbare = true\n\tfsmonitor = \"touch '\(trace)' #\"\n")
        try outer.write("registry/roster.yaml", "inner\n")
        try outer.commit(at: 100)
        let files = try await outer.files(of: "HEAD", "registry")
        #expect(files["roster.yaml"]?.text == "inner\n")
        #expect(!FileManager.default.fileExists(atPath: trace))
    }

    @Test func refusesEmbeddedBareRepository() async throws {
        let (bare, _) = try armed([])
        // What git finds when it starts in a folder that is itself laid out as a repository.
        let program = GitProgram(folder: bare.folder + "/.git") { ProcessInfo.processInfo.environment[$0] }
        guard case .failure(.failed(_, let reason)) = try await program.answer(["rev-parse", "--git-dir"]) else {
            return
        }
        #expect(reason.contains("bare repository"))
    }

    @Test func treesNestedIntoABombAreNotUnfolded() async throws {
        let repository = try ScratchRepository()
        var id = try repository.git(["hash-object", "-w", "--stdin"], input: Data("x\n".utf8))
        var kind = "100644 blob"
        for level in 0..<10 {
            let suffix = level == 0 ? ".yaml" : ""
            let tree = (0..<300).map { "\(kind) \(id)\te\($0)\(suffix)\n" }.joined()
            id = try repository.git(["mktree"], input: Data(tree.utf8))
            kind = "040000 tree"
        }
        let roster = try repository.git(["hash-object", "-w", "--stdin"], input: Data("roster: 1\n".utf8))
        let top = "100644 blob \(roster)\troster.yaml\n040000 tree \(id)\tproviders\n"
        let tree = try repository.git(["mktree"], input: Data(top.utf8))
        let commit = try repository.git(["commit-tree", tree, "-m", "bomb"])
        let checked = try await repository.checked(commit)
        #expect(checked.hasErrors)
    }

    @Test func readsRepeatedTreeOnce() async throws {
        let repository = try ScratchRepository()
        let blob = try repository.git(["hash-object", "-w", "--stdin"], input: Data("x\n".utf8))
        let files = (0..<2_000).map { "100644 blob \(blob)\tf\($0).yaml\n" }.joined()
        let inner = try repository.git(["mktree"], input: Data(files.utf8))
        let folders = (0..<20_000).map { "040000 tree \(inner)\tp\($0)\n" }.joined()
        let outer = try repository.git(["mktree"], input: Data(folders.utf8))
        let roster = try repository.git(["hash-object", "-w", "--stdin"], input: Data("roster: 1\n".utf8))
        let top = "100644 blob \(roster)\troster.yaml\n040000 tree \(outer)\tsecrets\n"
        let commit = try repository.git([
            "commit-tree", try repository.git(["mktree"], input: Data(top.utf8)), "-m", "bomb",
        ])
        let opened = try await repository.opened()
        let tree = try await opened.tree(of: commit)
        let list = try await tree.list([TreeFolder(path: "secrets", object: outer)], limit: 250_000)
        let entries = try list[0].get()
        let inners = entries.map { TreeFolder(path: "secrets/" + $0.name, object: $0.object) }
        let listed = try await tree.list(inners, limit: 230_000)
        #expect(listed.count == 20_000)
        #expect(try listed.reduce(0) { try $0 + $1.get().count } == 230_001)
    }

    @Test func skipsBlobOfGigabytes() async throws {
        let repository = try ScratchRepository()
        // A loose object whose header promises 5 GB: asking for its size must be all that is done with it.
        let size = 5 << 30
        let script = """
            import hashlib, sys, zlib
            size = \(size)
            head = b"blob %d\\0" % size
            zeros = bytes(1 << 20)
            compress = zlib.compressobj(1)
            sha = hashlib.sha1(head)
            open("loose", "wb").write(compress.compress(head + zeros) + compress.flush())
            print("1" * 40)
            """
        let id = try repository.python(script)
        try repository.write(".git/objects/\(id.prefix(2))/.keep", "")
        try FileManager.default.moveItem(
            atPath: repository.folder + "/loose",
            toPath: repository.folder + "/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
        )
        let opened = try await repository.opened()
        var kinds: [String] = []
        try await ObjectReader(git: opened.git).read("blob", [.init(id: id, limit: 65_536)]) { _, object in
            switch object {
            case .tooLarge: kinds.append("too large")
            default: kinds.append("other")
            }
        }
        #expect(kinds == ["too large"])
    }

    @Test func treesWithNamesThatLeaveTheFolderAreOnlyNames() async throws {
        let repository = try ScratchRepository()
        let blob = try repository.git(["hash-object", "-w", "--stdin"], input: Data("x\n".utf8))
        var tree = Data()
        for name in ["..", ".git", "a/b.yaml", "\u{1b}[31m"] {
            tree += Data("100644 \(name)\0".utf8)
            tree += Data(stride(from: 0, to: 40, by: 2).compactMap { UInt8(blob.dropFirst($0).prefix(2), radix: 16) })
        }
        let id = try repository.git(
            ["hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
            input: tree
        )
        let commit = try repository.git(["commit-tree", id, "-m", "names"])
        let opened = try await repository.opened()
        let entries = try await opened.tree(of: commit).list([TreeFolder(path: "")], limit: 10)[0].get()
        #expect(entries.map(\.name) == ["\u{1b}[31m", "..", ".git", "a/b.yaml"])
    }

    @Test func reportsMalformedTree() async throws {
        for bytes in ["100644", "100644 name", "100644 name\0short", "mode name\0"] {
            #expect(TreeObject.entries(in: Array(bytes.utf8), idSize: 20, limit: 10) == nil)
        }
    }

    @Test func reportsSignalThatEndsGit() async throws {
        let repository = try ScratchRepository()
        var program = try program("kill -KILL $$", in: repository)
        program.patience.answer = .seconds(60)
        await #expect(throws: GitError.ended(command: "rev-parse", signal: SIGKILL)) {
            _ = try await program.answer(["rev-parse", "HEAD"])
        }
    }

    @Test func listsRemotesOfThousandsOfBranches() async throws {
        let repository = try ScratchRepository()
        try repository.commit(at: 100)
        var settings = ""
        for number in 0..<4_000 { settings += "[branch \"topic-\(number)\"]\n\tremote = gh\n\tmerge = refs/heads/x\n" }
        let config = URL(fileURLWithPath: repository.folder + "/.git/config")
        try (try Data(contentsOf: config) + Data((settings + "[remote \"gh\"]\n\turl = /nowhere\n").utf8)).write(
            to: config
        )
        #expect(try await repository.opened().remotes() == ["gh"])
    }

    @Test func killsCommandThatDoesNotExit() async throws {
        let repository = try ScratchRepository()
        var program = try await repository.opened().git
        program.patience.answer = .milliseconds(300)
        await #expect(throws: GitError.timedOut(command: "cat-file", seconds: 0, waitingFor: nil)) {
            // There is no question, so git waits.
            try await program.stream(["cat-file", "--batch"]) { _, output in
                _ = try await output.token(endedBy: 0)
            }
        }
    }

    @Test(
        "A pipe in the place of a file that git reads is named within the time of an answer",
        arguments: ["include", "packed-refs", "objects/info/alternates", "info/grafts", "shallow"]
    )
    func namesPipeThatReplacesAFile(place: String) async throws {
        let repository = try ScratchRepository()
        try repository.write(path, "one\n")
        try repository.commit(at: 100)
        let head = try repository.git(["rev-parse", "HEAD"])
        let opened = try await repository.opened()
        let pipe = repository.folder + "/" + (place == "include" ? "pipe" : ".git/" + place)
        try? FileManager.default.removeItem(atPath: pipe)
        try #require(mkfifo(pipe, 0o600) == 0)
        if place == "include" { try repository.git(["config", "include.path", pipe]) }
        var program = opened.git
        program.patience = AnswerTimer.Patience(answer: .seconds(4), total: .seconds(8))
        let start = ContinuousClock.now
        do {
            _ = try await program.answer(["rev-parse", "--verify", "nothing^{commit}"])
            _ = try await program.answer(["log", "-1", head])
            Issue.record("git answered")
        } catch GitError.timedOut(_, _, let file) {
            let name = try #require(file)
            let found = URL(fileURLWithPath: name).resolvingSymlinksInPath().path
            #expect(found.hasSuffix(place == "include" ? "pipe" : place))
        }
        #expect(start.duration(to: .now) < .seconds(300))
    }

    /// A script that replaces git.
    private func program(_ script: String, in repository: ScratchRepository) throws -> GitProgram {
        try ExecutableFile.write("#!/bin/sh\n\(script)\n", to: repository.folder + "/bin/git")
        var program = GitProgram(folder: repository.folder) { name in
            let value = ProcessInfo.processInfo.environment[name]
            return name == "PATH" ? repository.folder + "/bin:" + (value ?? "/usr/bin:/bin") : value
        }
        program.patience = AnswerTimer.Patience(answer: .milliseconds(600), total: .seconds(5))
        return program
    }

    @Test(
        "A git that never answers, or a byte at a time, or does not end, is ended",
        arguments: [
            "exec sleep 600", "sleep 600", "while :; do printf x; sleep 0.05; done",
            "while :; do printf '\\0'; sleep 0.05; done", "printf 'x\\n'; exec >&-; exec sleep 600",
            "trap '' TERM PIPE; sleep 600 & wait",
        ]
    )
    func killsSlowGit(script: String) async throws {
        let repository = try ScratchRepository()
        let program = try program(script, in: repository)
        let start = ContinuousClock.now
        await #expect { _ = try await program.answer(["rev-parse", "HEAD"]) } throws: { error in
            if case GitError.timedOut = error { true } else { false }
        }
        await #expect {
            try await HistoryLog(git: program).walk(from: "HEAD", begin: { _ in true }, change: { _, _ in })
        } throws: { error in
            // Bytes that are not a history are refused before the time is over.
            switch error {
            case GitError.timedOut, GitError.malformedAnswer: true
            default: false
            }
        }
        #expect(start.duration(to: .now) < .seconds(300))
    }

    @Test(
        "A git that ends early has not answered",
        arguments: [
            "read x; kill -9 $$", "read x; kill -TERM $$", "read x; exit 1", "read x; printf 'abc'; exit 128",
            "read x; printf 'abc'; exit 0",
        ]
    )
    func rejectsIncompleteAnswers(script: String) async throws {
        let repository = try ScratchRepository()
        let program = try program(script, in: repository)
        let id = String(repeating: "1", count: 40)
        await #expect(throws: GitError.self) {
            try await ObjectReader(git: program).read("blob", [.init(id: id, limit: 100)]) { _, _ in }
        }
        let server = ObjectServer(git: program)
        for _ in 0..<2 {
            await #expect(throws: (any Error).self) { _ = try await server.read("tree", [.init(id: id, limit: 100)]) }
        }
        await #expect(throws: GitError.self) {
            try await HistoryLog(git: program).walk(from: id, begin: { _ in true }, change: { _, _ in })
        }
        await #expect(throws: GitError.self) {
            _ = try await FormerObjects(git: program, reader: ObjectReader(git: program)).search(for: ["a"], from: id)
        }
    }

    @Test func onlyAWholeAnswerOrManyBytesGiveTheNextOneItsTime() async throws {
        let patience = AnswerTimer.Patience(answer: .seconds(3_600), further: .seconds(7_200))
        let timer = AnswerTimer(patience)
        func wait(_ bytes: Int) async throws {
            timer.begin()
            try await Task.sleep(for: .milliseconds(2))
            timer.end(received: bytes)
        }
        try await wait(1)
        try await wait(patience.bytes - 2)
        #expect(timer.left < patience.answer)
        try await wait(1)
        #expect(timer.left == .seconds(7_200))
        try await wait(1)
        #expect(timer.left < .seconds(7_200))
        timer.answered()
        #expect(timer.left == patience.answer)
        #expect(!timer.isExpired)
    }

    @Test func keepsIdleProcess() async throws {
        let idle = AnswerTimer(AnswerTimer.Patience(answer: .milliseconds(20)))
        async let isIdleExpired = idle.expiry(since: .now)
        try await Task.sleep(for: .milliseconds(200))
        idle.finish()
        #expect(await !isIdleExpired && !idle.isExpired)
        let asked = AnswerTimer(AnswerTimer.Patience(answer: .milliseconds(20)))
        asked.begin()
        #expect(await asked.expiry(since: .now) && asked.isExpired)
        // All waits together have a limit too.
        let many = AnswerTimer(AnswerTimer.Patience(answer: .seconds(3_600), total: .milliseconds(20)))
        many.begin()
        #expect(await many.expiry(since: .now))
    }

    @Test func timeInWhichNothingCouldRunIsNotHeldAgainstGit() async throws {
        let timer = AnswerTimer(AnswerTimer.Patience(answer: .milliseconds(20)))
        timer.begin()
        async let isExpired = timer.expiry(since: .now - .seconds(3_600))
        try await Task.sleep(for: .milliseconds(200))
        timer.finish()
        #expect(await !isExpired && !timer.isExpired)
    }

    @Test func findsIgnoredPaths() async throws {
        let repository = try ScratchRepository()
        try repository.write(".gitignore", ".envrc\n.vscode/\n*.tmp\n!kept.tmp\n:colon\n")
        try repository.write("tracked.tmp", "x")
        try repository.git(["add", "--force", "--all"])
        for file in [".envrc", ".vscode/tasks.json", "a.tmp", "kept.tmp", ":colon", "plain"] {
            try repository.write(file, "x")
        }
        let opened = try await repository.opened()
        let paths = [
            ".envrc", ".vscode/tasks.json", ".vscode", "a.tmp", "kept.tmp", ":colon", "plain", "tracked.tmp",
        ]
        #expect(try await opened.ignored(paths) == [".envrc", ".vscode/tasks.json", ".vscode", "a.tmp", ":colon"])
        #expect(try await opened.ignored(["plain"]).isEmpty)
        let many = (0..<5_000).map { "folder/\($0).tmp" }
        #expect(try await opened.ignored(many).count == many.count)
    }

    @Test func distinguishesUnreadableFromMissingFolder() async throws {
        let repository = try ScratchRepository()
        let missing = String(repeating: "12345678", count: 5)
        let entry = "040000 tree \(missing)\ta\n"
        let tree = try repository.git(["mktree", "--missing"], input: Data(entry.utf8))
        try repository.write("a/registry/x", "")
        let opened = try await repository.opened("a/registry")
        await #expect { _ = try await opened.tree(ofTree: tree) } throws: { error in
            if case RepositoryError.unreadableRepository = error { true } else { false }
        }
    }

    @Test func reportsIncompleteSearchWithoutABlob() async throws {
        let repository = try ScratchRepository()
        try repository.write("secrets/acme/a.yaml", "id: sec_J8sPq2LmN4tRvX6z\n")
        try repository.commit(at: 100)
        let blob = try repository.git(["rev-parse", "HEAD:secrets/acme/a.yaml"])
        try repository.remove("secrets/acme/a.yaml")
        try repository.commit(at: 200)
        let head = try repository.git(["rev-parse", "HEAD"])
        let ids: Set = ["sec_J8sPq2LmN4tRvX6z", "sec_K8sPq2LmN4tRvX6z"]
        let whole = try await repository.opened().formerSecrets(ids, before: head)
        #expect(whole.ids == ["sec_J8sPq2LmN4tRvX6z"] && whole.isComplete)
        try repository.remove(".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
        #expect(try await !repository.opened().formerSecrets(ids, before: head).isComplete)
    }
}

extension ScratchRepository {
    fileprivate func checked(_ commit: String) async throws -> AnalyzedRepository {
        let options = Compiler.Options(today: .init(daysSince1970: 20_000), pathPrefix: "", concurrency: 2)
        return try await Compiler(options).analyze(try await opened().tree(of: commit)) { _, _ in }
    }

    fileprivate func python(_ script: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
}
