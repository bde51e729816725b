import Foundation
import RosterTestSupport
import Synchronization
import Testing

@Suite("Commands: states of a clone")
struct CloneStateTests {
    /// A way to make the clone `c` of the repository `o`, as a script.
    struct State: CustomTestStringConvertible, Sendable {
        var name: String
        var script: String
        /// A part of the error message of a command that fails in the clone; nil if all commands succeed.
        var remedy: String?
        /// The number of commands that succeed.
        var works = CloneStateTests.commands.count
        /// Options of `git init` for the origin.
        var options = ""
        /// The registry's folder in the repository, empty or with a slash at its end.
        var folder = ""

        var testDescription: String { name }
    }

    /// The commands whose output must not depend on the state of a clone.
    static let commands = [
        "compile", "compile --rev HEAD", "check --format json", "check --rev HEAD", "diff HEAD~1 HEAD --format json",
        "diff HEAD", "diff HEAD~1", "log acme/local", "blame acme/local --format json",
    ]

    private static let states = [
        State(name: "complete", script: "git clone -q o c"),
        State(
            name: "shallow, depth 1",
            script: "git clone -q --depth 1 file://$PWD/o c",
            remedy: "--unshallow",
            works: 3
        ),
        State(
            name: "shallow, depth 2",
            script: "git clone -q --depth 2 file://$PWD/o c",
            remedy: "--unshallow",
            works: 5
        ),
        State(name: "shallow, complete", script: "git clone -q --depth 9 file://$PWD/o c"),
        State(
            name: "partial, blob:none",
            script: "git clone -q --filter=blob:none file://$PWD/o c",
            remedy: "git fetch --refetch",
            works: 5
        ),
        State(
            name: "partial, tree:0",
            script: "git clone -q --filter=tree:0 file://$PWD/o c",
            remedy: "git fetch --refetch",
            works: 3
        ),
        State(
            name: "partial, completed",
            script: "git clone -q --filter=tree:0 file://$PWD/o c; git -C c fetch -q --refetch --no-filter"
        ),
        State(
            name: "sparse, cone",
            script: "git clone -q --sparse o c",
            remedy: "git sparse-checkout disable",
            works: 4
        ),
        State(
            name: "sparse, without the registry's folder",
            script: "git clone -q --sparse o c",
            remedy: "git sparse-checkout disable",
            works: 4,
            folder: "registry/"
        ),
        State(
            name: "sparse, cone with the registry",
            script: "git clone -q --sparse o c; git -C c sparse-checkout set --sparse-index registry",
            folder: "registry/"
        ),
        State(
            name: "sparse, no cone",
            script:
                "git clone -qn o c; cd c; git sparse-checkout set --no-cone '/*' '!/docs' '!/.github'; git checkout -q"
        ),
        State(
            name: "grafted",
            script: "git clone -q o c; git -C c rev-parse HEAD > c/.git/info/grafts",
            remedy: ".git/info/grafts",
            works: 3
        ),
        State(
            name: "shallow and grafted",
            script: "git clone -q --depth 2 file://$PWD/o c; git -C c rev-parse HEAD > c/.git/info/grafts",
            remedy: ".git/info/grafts",
            works: 3
        ),
        State(
            name: "CRLF by core.autocrlf",
            script: "git clone -q -c core.autocrlf=true o c; grep -rq \"$(printf '\\r')\" c/*"
        ),
        State(
            name: "CRLF by attributes",
            script: "git clone -qn o c; echo '* text=auto eol=crlf' > c/.git/info/attributes; git -C c checkout -q"
        ),
        State(name: "linked worktree", script: "git clone -q o m; git -C m worktree add -q ../c"),
        State(name: "detached", script: "git clone -q o c; git -C c checkout -q --detach"),
        State(name: "SHA-256", script: "git clone -q o c", options: "--object-format=sha256"),
        State(
            name: "submodule",
            script:
                "git init -q m; cd m; git -c protocol.file.allow=always submodule -q add file://$PWD/../o s; ln -s m/s ../c"
        ),
        State(name: "alternates", script: "git clone -q --shared o c"),
        State(name: "bundle", script: "git -C o bundle create -q ../b HEAD main; git clone -q b c"),
        State(name: "split index", script: "git clone -q o c; git -C c update-index --split-index"),
    ]

    /// Makes a folder with the repository `o` and its clone `c`.
    private func make(_ state: State) throws -> ScratchFolder {
        let scratch = try ScratchFolder()
        var program = RosterProgram(folder: scratch.path)
        program.environment = ["GIT_AUTHOR_DATE": "@1764000000 +0000", "GIT_COMMITTER_DATE": "@1764000000 +0000"]
        let roster = "roster: 1\nprojects:\n  acme:\n    id: proj_V1StGXR8Z5jdHi6B\n    name: Acme\n"
        try program.tool("sh", "-ec", "git init -q -b main \(state.options) o; mkdir -p 'o/docs/a'")
        for model in ["llama3.2", "llama3.3", "llama4"] {
            try scratch.write("o/\(state.folder)roster.yaml", roster)
            let provider = ScratchFolder.provider.replacing("llama3.2", with: model)
            try scratch.write("o/\(state.folder)providers/acme/local.yaml", provider)
            try scratch.write("o/.github/workflows/roster.yaml", "# checks\n")
            try scratch.write("o/docs/a/\(model)", "x\n")
            try program.tool("sh", "-ec", "cd o; git add -A; git commit -qm \(model)")
        }
        try program.tool("sh", "-ec", "git -C o config uploadpack.allowFilter true; \(state.script)")
        return scratch
    }

    /// The output of the commands in complete repositories, by options and folder; the commits are reproducible.
    private static let expected = Mutex<[String: [String]]>([:])

    private func outputs(_ state: State, _ scratch: ScratchFolder) async throws -> [String] {
        let key = state.options + " " + state.folder
        if let known = Self.expected.withLock({ $0[key] }) { return known }
        var outputs: [String] = []
        for command in Self.commands {
            let run = try await RosterProgram(folder: scratch.path + "/o").run(arguments(command, state))
            #expect(run.exitCode == 0, "\(command): \(run.error)")
            outputs.append(run.output)
        }
        Self.expected.withLock { $0[key] = outputs }
        return outputs
    }

    private func arguments(_ command: String, _ state: State) -> [String] {
        let named = state.folder.isEmpty ? [] : ["--repo", String(state.folder.dropLast())]
        return command.split(separator: " ").map(String.init) + named
    }

    @Test("The output equals that of the complete repository, or the error has a remedy", arguments: states)
    func givesSameBytesOrRemedy(state: State) async throws {
        let scratch = try make(state)
        var works = 0
        for (command, expected) in zip(Self.commands, try await outputs(state, scratch)) {
            let found = try await RosterProgram(folder: scratch.path + "/c").run(arguments(command, state))
            guard found.exitCode != 0 else {
                works += 1
                // The digest is null if the clone cannot be compiled.
                let isUndated = state.remedy == "--unshallow" && found.output.contains("\"digest\": null")
                let known = isUndated ? expected.replacing(/"digest": "[^"]*"/, with: "\"digest\": null") : expected
                #expect(found.output == known, "\(command)")
                continue
            }
            #expect(found.exitCode == 3 && found.output.isEmpty, "\(command)")
            #expect(found.error.contains(state.remedy ?? "(no command may fail)"), "\(command): \(found.error)")
            #expect(!found.error.contains("fsck"))
            if state.remedy?.contains("sparse") == true {
                let hasRev = command.hasPrefix("check") || command.hasPrefix("compile")
                #expect(found.error.contains(hasRev ? "--rev HEAD" : "two revisions"), "\(found.error)")
            }
        }
        #expect(works == state.works)
    }

    @Test("A sparse checkout is not edited, listed, used or served")
    func refusesEveryUseOfSparseCheckout() async throws {
        let scratch = try make(State(name: "", script: "git clone -q --sparse o c"))
        let program = RosterProgram(folder: scratch.path + "/c")
        for arguments in [
            "provider list", "provider show acme/local", "provider update acme/local --default-model x", "check --fix",
            "secret list", "models acme/local", "ping --all", "exec acme/local -- true", "compile -o out.json",
            "blame acme/local",
        ] {
            let run = try await program.run(arguments.split(separator: " ").map(String.init))
            #expect(
                run.exitCode == 3 && run.error.contains("git sparse-checkout disable"),
                "\(arguments): \(run.error)"
            )
        }
        #expect(!scratch.exists("c/out.json"))
        // `init` does not create a registry that is only in the index.
        try program.tool("git", "sparse-checkout", "set", "--no-cone", "/docs")
        for arguments in ["init", "check", "compile"] {
            let run = try await program.run(arguments)
            #expect(
                run.exitCode == 3 && run.error.contains("git sparse-checkout disable"),
                "\(arguments): \(run.error)"
            )
        }
        #expect(!scratch.exists("c/roster.yaml"))
    }

    @Test("An edit keeps the line endings of the file")
    func editsFilesWithCRLF() async throws {
        let scratch = try make(State(name: "", script: "git clone -q -c core.autocrlf=true o c"))
        let program = RosterProgram(folder: scratch.path + "/c")
        try #require(try await program.run("provider", "update", "acme/local", "--default-model", "x").exitCode == 0)
        let text = try scratch.read("c/providers/acme/local.yaml")
        #expect(text.contains("defaultModel: x\r\n") && !text.replacing("\r\n", with: "").contains("\n"))
        #expect(try program.tool("git", "diff", "--numstat").output == "1\t1\tproviders/acme/local.yaml\n")
        let compiled = try await program.run("compile").output
        #expect(compiled.contains("\"dirty\": true"))
        #expect(try await program.run("diff", "HEAD").output.contains("defaultModel"))
        // Lists also take dates from the history.
        try program.tool("git", "checkout", "-q", ".")
        let listed = try await program.run("provider", "list", "--format", "json").output
        #expect(
            listed
                == (try await RosterProgram(folder: scratch.path + "/o").run("provider", "list", "--format", "json")
                    .output)
        )
    }
}
