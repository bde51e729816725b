import Foundation
import RosterTestSupport
import Testing

@testable import RosterCommands

/// Command lines with a typo or a misplaced argument: the exit code is 64, and the message suggests a command.
@Suite("Command suggestions")
struct CommandSuggestionTests {
    /// Parses arguments, and returns the message and the help if they are rejected.
    private static func refusal(_ words: [String]) throws -> (message: String, help: String)? {
        do {
            _ = try RosterCommand.parse(words)
            return nil
        } catch let failure as CommandFailure {
            #expect(failure.exitCode == 64)
            return (try #require(failure.message), failure.help ?? "")
        }
    }

    private static func refusal(_ line: String) throws -> (message: String, help: String)? {
        try refusal(line.split(separator: " ").map(String.init))
    }

    /// Returns every command without subcommands, with its path.
    private static func leaves(of command: CommandShape, _ path: [String] = []) -> [([String], CommandShape)] {
        command.commands.isEmpty
            ? [(path, command)] : command.commands.flatMap { leaves(of: $0, path + [$0.name]) }
    }

    /// Returns every different word that results from transposing two adjacent letters.
    private static func exchanges(in word: String) -> [String] {
        let letters = Array(word)
        return letters.indices.dropFirst().compactMap { index in
            guard letters[index] != letters[index - 1] else { return nil }
            var exchanged = letters
            exchanged.swapAt(index, index - 1)
            return String(exchanged)
        }
    }

    @Test(arguments: [
        ("chekc", "check", "roster check"), ("validate", "check", "roster check"), ("lint", "check", "roster check"),
        ("test", "check", "roster check"), ("build -o r.json", "compile", "roster compile -o r.json"),
        ("fmt", "check --fix", "roster check --fix"), ("plan main", "diff", "roster diff main"),
        ("--repo . chekc --strict", "check", "roster --repo . check --strict"),
        ("run acme/gpt -- python3 app.py", "exec", "roster exec acme/gpt -- python3 app.py"),
        ("provider craete --name X", "create", "roster provider create --name X"),
        ("provider describe acme/gpt", "show", "roster provider show acme/gpt"),
        ("provider rename acme/gpt new", "update", "roster provider update acme/gpt --handle new"),
        ("secret rotate acme/k", "set", "roster secret set acme/k"),
        ("key rm rk_1", "retire", "roster key retire rk_1"), ("policy get", "list", "roster policy list"),
        ("project create web", "add", "roster project add web"),
        ("providers list", "provider list", "roster provider list"),
        ("secrets ls", "secret list", "roster secret list"), ("policies", "policy list", "roster policy list"),
        ("list providers --format json", "provider list", "roster provider list --format json"),
        ("get secrets", "secret list", "roster secret list"), ("ls", "provider list", "roster provider list"),
        ("provider-list", "provider list", "roster provider list"),
        ("acme/gpt show", "provider show", "roster provider show acme/gpt"),
        ("provider acme/gpt", "show", "roster provider show acme/gpt"),
        ("secret shwo", "show", "roster secret show PROJECT/HANDLE"), ("png", "ping", "roster ping PROJECT/HANDLE"),
        ("secret acme/k delete", "delete", "roster secret delete acme/k"),
        ("Check", "check", "roster check"), ("roster check", "check", "roster check"),
        ("--check", "check", "roster check"), ("provider help", "help provider", "roster help provider"),
        ("help chekc", "check", "roster help check"), ("chekc --help", "check", "roster check --help"),
        ("help providers", "provider", "roster help provider"),
        ("provider help create", "help provider", "roster help provider create"),
        ("provider create help", "help provider create", "roster help provider create"),
        ("check help", "help check", "roster help check"),
        ("get providers --format json", "provider list", "roster provider list --format json"),
        ("test acme/gpt", "ping", "roster ping acme/gpt"),
        ("model list", "models list", "roster models list PROJECT/HANDLE"),
        ("provider craete --nmae X --dryrun", "create", "roster provider create --name X --dry-run"),
    ])
    func suggestsCommand(line: String, meant: String, command: String) throws {
        let refusal = try #require(try Self.refusal(line))
        #expect(refusal.message.hasSuffix("did you mean \"\(meant)\"?"))
        #expect(refusal.help == command)
    }

    @Test(arguments: [
        ("check --fromat json", "check --format json"), ("check --format=jsno", "check --format=json"),
        ("check --as-json", "check --format json"), ("provider list -o json", "provider list --format json"),
        ("check -fromat json", "check --format json"), ("check —format json", "check --format json"),
        ("provider create --dryrun", "provider create --dry-run"),
        ("provider create --dry_run", "provider create --dry-run"),
        ("provider create --defaultModel gpt-5.6", "provider create --default-model gpt-5.6"),
        ("provider create --model=gpt-5.6", "provider create --default-model=gpt-5.6"),
        ("provider create -dry-run", "provider create --dry-run"), ("check --fix=true", "check --fix"),
        ("check --fix=false", "check"), ("-v", "--version"), ("check --hlep", "check --help"),
        ("provider --format json list", "provider list --format json"),
        ("--fromat json check", "check --format json"), ("check --werror", "check --strict"),
    ])
    func suggestsOption(line: String, command: String) throws {
        #expect(try #require(try Self.refusal(line)).help == "roster \(command)")
    }

    @Test(arguments: [
        ("provider show", "roster provider show PROJECT/HANDLE; list them: roster provider list"),
        ("provider show a/b c/d", "roster provider show a/b"), ("compile r.json", "roster compile --output r.json"),
        ("exec acme/gpt python3 -m app", "roster exec acme/gpt -- python3 -m app"),
        ("exec acme/gpt", "roster exec acme/gpt -- COMMAND"), ("serve 8080", "roster serve --port 8080"),
        ("provider update acme/gpt model=x", "roster provider update acme/gpt"),
        ("init acme", "roster init --project acme"),
        ("provider create acme/gpt", "roster provider create --project acme --handle gpt"),
        ("token create", "roster token create --name NAME --policy POLICY"),
        ("schema providers", "roster schema provider"), ("check --format xml", "it is one of text, json"),
        ("version x", "roster version"),
        ("check --format", "it is one of text, json"), ("serve --port abc", "see roster serve --help"),
        ("secret set acme/k hunter2", "type it at the prompt, or pipe it in: roster secret set acme/k"),
    ])
    func explainsMisplacedArguments(line: String, help: String) throws {
        #expect(try #require(try Self.refusal(line)).help.hasPrefix(help))
    }

    @Test func quotesArgumentsForShell() throws {
        let refusal = try #require(
            try Self.refusal(["provider", "craete", "--name", "it's $HOME `x`", "--handle", ""])
        )
        #expect(refusal.help == #"roster provider create --name 'it'\''s $HOME `x`' --handle ''"#)
    }

    @Test func suggestsEveryCommandForTransposedLetters() throws {
        let root = try #require(CommandShape.root)
        for (path, _) in Self.leaves(of: root) where path != ["help"] {
            for depth in path.indices where path[depth].utf8.count > 3 {
                for word in Self.exchanges(in: path[depth]) {
                    var words = path
                    words[depth] = word
                    let help = try #require(try Self.refusal(words), "\(words)").help
                    let command = path.joined(separator: " ")
                    #expect(help.hasPrefix("roster \(command)"), "\(words): \(help)")
                }
            }
        }
    }

    @Test func suggestsEveryOptionForTransposedLetters() throws {
        let root = try #require(CommandShape.root)
        for (path, command) in Self.leaves(of: root) {
            for option in command.options where option.name.utf8.count > 6 && path != ["help"] {
                for word in Self.exchanges(in: String(option.name.dropFirst(2))) where !word.hasPrefix("-") {
                    let fault = CommandLineReader.fault(of: path + ["--" + word], root: root)
                    let intended = try #require(fault?.intended, "\(path) --\(word)")
                    #expect(intended.contains(option.name), "\(path) --\(word): \(intended)")
                }
            }
        }
    }

    @Test func suggestsRunnableCommandForFamiliarNames() throws {
        for entry in FamiliarNames.commands {
            for name in entry.names {
                let refusal = try #require(
                    try Self.refusal([name, "acme/gpt"].prefix(entry.meaning[0] == "exec" ? 2 : 1) + [])
                )
                #expect(refusal.message.contains("did you mean"), "\(name)")
            }
        }
    }

    @Test func aliasesRunSameCommands() throws {
        let root = try #require(CommandShape.root)
        let aliases = ["list": "ls", "show": "get", "delete": "rm"]
        for group in root.commands {
            for command in group.commands {
                guard let alias = aliases[command.name] else { continue }
                #expect(group.command(named: alias)?.name == command.name, "\(group.name) \(alias)")
            }
        }
        for line in ["provider ls", "provider get acme/a", "secret rm acme/a", "token ls", "policy rm a", "key ls"] {
            #expect(try Self.refusal(line) == nil, "\(line)")
        }
    }

    @Test(arguments: [
        "import aip_1", "compose up", "secret decrypt acme/k", "secret unseal acme/k", "xyzzy", "foo", "a", "deploy",
        "", "?", "/check/this/out", "provider frobnicate",
        "secret x", "help banana",
        "check --frobnicate", "check -z", "provider create --x 1",
    ])
    func suggestsNothingForUnrelatedWords(line: String) throws {
        let words = line.isEmpty ? [""] : line.split(separator: " ").map(String.init)
        let refusal = try #require(try Self.refusal(words))
        #expect(!refusal.message.contains("did you mean"))
        #expect(!refusal.help.contains("did you mean"))
        #expect(!refusal.help.isEmpty)
    }

    @Test func masksKeys() throws {
        let key = "sk-proj-Zx8Q2mNf4VbT7kLr0WcYpH3sJ6dG9aEuRtBvXqM1nKiOoPzL"
        let plain = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"
        #expect(!CommandFailure.masked("there is no provider \"\(key)\"").contains(key.suffix(20)))
        #expect(CommandFailure.masked("there is no provider \"acme/gpt\"") == "there is no provider \"acme/gpt\"")
        for key in [key, plain, "Bearer " + key] {
            for words in [
                [key], ["provider", key], ["provider", "show", "a/b", key], ["secret", "set", "a/k", key],
                ["secret", "set", "a/k", "--value", key], ["secret", "craete", "a/k", "--token", key],
                ["provider", "craete", "--api-key=" + key], ["provider", "craete", "--config", "apiKey=" + key],
                ["provider", "create", "--config-jsn", #"{"api_key": "\#(key)"}"#], ["serve", "--port", key],
                ["check", "--format", key], ["chekc", "--token", key], ["schema", key], ["--" + key],
                ["provider", "craete", "--config", "headers.x-api-key=" + key],
            ] {
                guard let refusal = try Self.refusal(words) else { continue }
                #expect(!(refusal.message + refusal.help).contains(key.suffix(20)), "\(words.first ?? "")")
            }
        }
    }

    @Test func truncatesAndEscapesHostileArguments() throws {
        let long = String(repeating: "chekc", count: 20_000)
        for words in [
            [long], ["chekc", long], ["check", "--" + long], ["schema", long], ["check", "--format", long],
        ] {
            let refusal = try #require(try Self.refusal(words))
            #expect((refusal.message + refusal.help).utf8.count < 400)
        }
        for word in ["che\u{1b}[31mkc", "\u{202e}chekc", "che\nkc"] {
            let refusal = try #require(try Self.refusal([word, word]))
            #expect(!(refusal.message + refusal.help).unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202e })
        }
    }

    @Test func programExitsWith64() async throws {
        let folder = try ScratchFolder.repository()
        let run = try await RosterProgram(folder: folder.path).run("provider", "lsit", "--format", "json")
        #expect(run.exitCode == 64 && run.output.isEmpty)
        #expect(
            run.error == "error: provider has no command \"lsit\": did you mean \"list\"?\n"
                + "  help: roster provider list --format json\n"
        )
    }

    @Test func programAcceptsAliasesAndVersion() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        #expect(try await program.run("provider", "ls").output == program.run("provider", "list").output)
        #expect(try await program.run("version").output == program.run("--version").output)
        let rule = try await program.run("explain", "plaintext_key")
        #expect(rule.exitCode == 64 && rule.error.hasSuffix("  help: roster explain plaintext-key\n"))
        let run = try await program.run("provider", "show", "lokal")
        #expect(run.error.contains("did you mean \"acme/local\"?"))
    }
}
