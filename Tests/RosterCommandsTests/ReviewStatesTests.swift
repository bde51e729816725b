import Foundation
import RosterCompiler
import RosterFrontend
import RosterTestSupport
import Testing

@testable import RosterReview

/// Reviews of the same two commits in every kind of clone and working tree.
@Suite("roster diff: states of a repository")
struct ReviewStatesTests {
    /// A state that a script creates in a folder with the repository `up`.
    struct State: Sendable, CustomTestStringConvertible {
        var name: String
        var script: String
        /// The folder that the program runs in.
        var folder = "c"
        var base = "origin/main"
        var head = "origin/x"
        /// The exit code; for 0, the rows must equal those of a complete clone.
        var exit: Int32 = 0
        /// A part of the error message.
        var words: [String] = []

        var testDescription: String { name }
    }

    static let states = [
        State(name: "clone", script: "git clone -q up c"),
        State(name: "the repository itself", script: ":", folder: "up", base: "main", head: "x"),
        State(
            name: "fork with two remotes",
            script: "git clone -q up fork; git clone -q fork c; cd c; git remote add target ../up; git fetch -q target",
            base: "target/main",
            head: "target/x"
        ),
        State(
            name: "shallow with the merge base",
            script: "git clone -q --depth 4 --no-single-branch file://$PWD/up c"
        ),
        State(
            name: "shallow before the merge base",
            script: "git clone -q --depth 1 --no-single-branch file://$PWD/up c",
            exit: 3,
            words: ["shallow"]
        ),
        State(
            name: "shallow on one side",
            script: """
                git clone -q --depth 1 -b x file://$PWD/up c; cd c
                git fetch -q --no-tags --depth 9 origin main:refs/remotes/origin/main
                """,
            exit: 3,
            words: ["shallow"]
        ),
        State(
            name: "deepened",
            script: "git clone -q --depth 1 --no-single-branch file://$PWD/up c; cd c; git fetch -q --unshallow"
        ),
        State(
            name: "partial without blobs",
            script: """
                git -C up config uploadpack.allowFilter true
                git clone -q --no-checkout --filter=blob:none file://$PWD/up c
                """,
            exit: 3,
            words: ["partial clone"]
        ),
        State(
            name: "partial without trees",
            script: """
                git -C up config uploadpack.allowFilter true
                git clone -q --no-checkout --filter=tree:0 file://$PWD/up c
                """,
            exit: 3,
            words: ["partial clone"]
        ),
        State(
            name: "partial, and fetched whole",
            script: """
                git -C up config uploadpack.allowFilter true; git clone -q --filter=blob:none file://$PWD/up c
                cd c; git fetch -q --refetch --no-filter
                """
        ),
        State(name: "sparse", script: "git clone -q --sparse up c"),
        State(
            name: "sparse index",
            script: "git clone -q up c; cd c; git sparse-checkout set --cone --sparse-index providers"
        ),
        State(
            name: "linked worktree",
            script: "git clone -q up c; git -C c worktree add -q ../w origin/x",
            folder: "w",
            head: "HEAD"
        ),
        State(
            name: "linked worktree of a bare repository",
            script: "git clone -q --bare up b.git; git -C b.git worktree add -q ../w x",
            folder: "w",
            base: "main",
            head: "HEAD"
        ),
        State(name: "detached", script: "git clone -q up c; cd c; git checkout -q --detach origin/x", head: "HEAD"),
        State(name: "subfolder", script: "git clone -q up c", folder: "c/providers/acme"),
        State(
            name: "submodule",
            script: "git init -q s; cd s; git -c protocol.file.allow=always submodule --quiet add ../up c",
            folder: "s/c"
        ),
        State(
            name: "in a merge",
            script: "git clone -q up c; cd c; git merge -q --no-commit --no-ff origin/x >/dev/null"
        ),
        State(
            name: "in a merge with a conflict",
            script: """
                git clone -q up c; cd c; echo '# other' > providers/acme/gpt-4o.yaml; git commit -qam other
                git merge -q origin/x >/dev/null 2>&1 || true
                """
        ),
        State(
            name: "in a rebase with a conflict",
            script: """
                git clone -q up c; cd c; echo '# other' > providers/acme/gpt-4o.yaml; git commit -qam other
                git rebase -q origin/x >/dev/null 2>&1 || true
                """
        ),
        State(name: "in a bisect", script: "git clone -q up c; cd c; git bisect start -q HEAD HEAD~1 >/dev/null"),
        State(name: "shared objects", script: "git clone -q -s up c"),
        State(name: "reference", script: "git clone -q up r; git clone -q --reference r up c"),
        State(
            name: "replaced objects",
            script: "git clone -q up c; cd c; git replace origin/x origin/main"
        ),
        State(
            name: "replaced blobs",
            script: """
                git clone -q up c; cd c
                git replace origin/x:providers/acme/gpt-4o.yaml origin/main:providers/acme/gpt-4o.yaml
                """
        ),
        State(name: "packed", script: "git clone -q up c; cd c; git pack-refs --all; git repack -q -a -d --depth=50"),
        State(
            name: "commit graph and bitmaps",
            script:
                "git clone -q up c; cd c; git repack -q -a -d -b; git commit-graph write --reachable >/dev/null 2>&1"
        ),
        State(
            name: "multi-pack index",
            script: "git clone -q up c; cd c; git repack -q -a -d; git multi-pack-index write 2>/dev/null"
        ),
        State(name: "bundle", script: "git -C up bundle create -q ../b --all; git clone -q b c 2>/dev/null"),
        State(
            name: "SHA-256",
            script: """
                git init -q --object-format=sha256 -b other c; git -C up fast-export --all | git -C c fast-import --quiet
                git -C c checkout -q main
                """,
            base: "main",
            head: "x"
        ),
        State(
            name: "a separate git folder",
            script: "git clone -q --separate-git-dir=elsewhere up c"
        ),
        State(
            name: "no index",
            script: "git clone -q --no-checkout up c"
        ),
        State(
            name: "grafts",
            script: "git clone -q up c; cd c; git rev-parse origin/x > .git/info/grafts",
            exit: 3,
            words: ["grafts"]
        ),
        State(
            name: "tags",
            script: "git clone -q up c; cd c; git tag -a -m t one origin/main; git tag two origin/x",
            base: "one",
            head: "two"
        ),
        State(
            name: "a branch with the name of a file",
            script: "git clone -q up c; cd c; git branch -q providers origin/x; git branch -q roster.yaml origin/main",
            base: "roster.yaml",
            head: "providers"
        ),
    ]

    /// Creates a target that advanced after the merge base, and a branch that redirects a key and adds a provider.
    private func target(in folder: ScratchFolder) throws {
        let up = try ReviewRepository()
        try up.commit(KeyDestinationChanged.example.base, "base")
        try up.program.tool("git", "checkout", "--quiet", "-b", "x")
        var head = KeyDestinationChanged.example.head
        try up.commit(head, "redirect")
        head["providers/acme/new.yaml"] = RuleExample.ollama()
        try up.commit(head, "new")
        try up.program.tool("git", "checkout", "--quiet", "main")
        var later = KeyDestinationChanged.example.base
        later["roster.yaml"]?.append(RuleExample.secondKey)
        later["providers/acme/late.yaml"] = RuleExample.ollama().replacing("5mLd1oQaRw7yXz2B", with: "5mLd1oQaRw7yXz2C")
        try up.commit(later, "late")
        try FileManager.default.moveItem(atPath: up.folder.path, toPath: folder.path + "/up")
    }

    private func rows(_ run: ProgramRun) throws -> [String] {
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let rows = try #require(document?["changes"] as? [[String: Any]])
        return rows.map { row in
            ["risk", "kind", "action", "handle", "path"].map { "\(row[$0] ?? "")" }.joined(separator: " ")
        }
    }

    private static let expected = [
        "critical provider changed acme/gpt-4o providers/acme/gpt-4o.yaml",
        "critical secret changed acme/openai-prod secrets/acme/openai-prod.yaml",
        "medium provider added acme/new providers/acme/new.yaml",
    ]

    @Test("Two revisions have the same rows in every state, or the exit code is 3", arguments: states)
    func revisions(state: State) async throws {
        let folder = try ScratchFolder()
        try target(in: folder)
        let shell = RosterProgram(folder: folder.path)
        try shell.tool("sh", "-ec", state.script)
        let program = RosterProgram(folder: folder.path + "/" + state.folder)
        let run = try await program.run("diff", state.base, state.head, "--format", "json")
        #expect(run.exitCode == state.exit, "\(run.error)")
        for word in state.words { #expect(run.error.contains(word), "\(run.error)") }
        guard state.exit == 0 else {
            #expect(run.output.isEmpty)
            return
        }
        let rows = try rows(run)
        #expect(rows == Self.expected, "\(rows) \(run.error)")
    }
}
