import Foundation
import RosterTestSupport
import Testing

/// A repository in which the examples of the help texts work, and whose requests stay on this machine.
struct ExampleRepository {
    private let original: RuntimeRepository
    private let server: RecordingServer
    /// The id of a sealing key that can be retired.
    let keyID: String

    init() async throws {
        server = try RecordingServer()
        original = try await RuntimeRepository()
        let second = try await original.run("key", "generate", "--name", "second").output
        keyID = try #require(second.firstMatch(of: /rk_[0-9a-f]+/)).output.description
        for (name, host) in [
            ("gateway-key", "127.0.0.1"), ("openai-prod", "api.openai.com"), ("openai-old", "api.openai.com"),
            ("anthropic-prod", "api.anthropic.com"),
        ] {
            try await original.seal(RuntimeRepository.key, "acme/" + name, hosts: [host])
        }
        for name in ["openai-prod", "openai-old", "anthropic-prod"] {
            let path = "secrets/acme/\(name).yaml"
            let text = try original.folder.read(path)
            let allowed = "# roster:allow unused-secret the examples link it\nid: sec_"
            try original.folder.write(path, text.replacing("id: sec_", with: allowed))
        }
        try original.add("openai", handle: "gpt-4o", "secret: gateway-key\nbaseUrl: \(server.url)/v1")
        for line in [
            ["policy", "create", "reader", "--allow", "aiProviders:GetAiProvider", "--resource", "*"],
            ["policy", "create", "old-readers", "--allow", "aiProviders:GetAiProvider", "--resource", "*"],
            ["token", "create", "--name", "laptop", "--policy", "reader"],
        ] {
            let run = try await original.run(line)
            try #require(run.exitCode == 0, "\(run)")
        }
        try await commit()
        try original.folder.write("models.json", try await original.run("models", "catalogue", "show").output)
        try original.folder.write("key.txt", "9f8e7d6c5b4a39281706f5e4d3c2b1a0\n")
        try original.folder.write("config.yaml", Self.liteLLM)
        try original.folder.write(
            "keys.env",
            "OPENAI_API_KEY=9f8e7d6c5b4a39281706f5e4d3c2b1a0\nMISTRAL_API_KEY=0a1b2c3d4e5f6a7b\n"
        )
        try original.folder.write("app.py", "import os\nprint(len(os.environ['OPENAI_API_KEY']))\n")
        try ExecutableFile.write("#!/bin/sh\n[ \"$1\" = --config ]\n", to: original.folder.path + "/bin/litellm")
        let compiled = try await original.run("compile", "--rev", "HEAD", "-o", "registry.json")
        try #require(compiled.exitCode == 0, "\(compiled)")
        try await publish()
    }

    /// Publishes the repository into a folder; the keys are made where no repository is.
    private func publish() async throws {
        let keys = try ScratchFolder()
        let generated = try await RosterProgram(folder: keys.path)
            .run("key", "generate", "--publishing", "-o", "publishing.pem")
        try original.folder.write("trust.pem", generated.output)
        try original.program.tool("cp", "-p", keys.path + "/publishing.pem", original.folder.path)
        let published = try await original.run(
            "publish",
            "dir:published",
            "--key",
            "publishing.pem",
            "--rev",
            "HEAD"
        )
        try #require(published.exitCode == 0, "\(published)")
    }

    private static let liteLLM = """
        model_list:
          - model_name: gpt-4o
            litellm_params: {model: openai/gpt-4o, api_key: os.environ/OPENAI_API_KEY}

        """

    /// Commits the files on a branch that is one harmless change ahead of its remote branch.
    private func commit() async throws {
        let program = original.program
        try program.tool("git", "init", "--quiet", "--initial-branch=main")
        try program.tool("git", "add", "roster.yaml", "providers", "secrets")
        try program.tool("git", "commit", "--quiet", "--message", "All")
        let update = try await original.run("provider", "update", "acme/gpt-4o", "--name", "GPT-4o")
        try #require(update.exitCode == 0, "\(update)")
        try program.tool("git", "commit", "--quiet", "--all", "--message", "Name")
        try program.tool("git", "update-ref", "refs/remotes/origin/main", "HEAD~1")
    }

    /// Returns a program in a new copy of the repository.
    func copy() throws -> (folder: ScratchFolder, program: RosterProgram) {
        let folder = try ScratchFolder(keeping: original.folder)
        try original.program.tool("cp", "-a", original.folder.path + "/.", folder.path)
        var program = original.program
        program.folder = folder.path
        program.environment["PATH"] = "\(folder.path)/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
        return (folder, program)
    }
}

/// The command line of an example, as a shell would read it.
struct ExampleLine {
    /// The words after the program's name.
    var words: [String] = []
    /// The file of the standard input; nil for none.
    var input: String?

    /// Reads a line with single quotes, continued lines and redirections.
    init(_ text: String) throws {
        var parts = try Self.split(text.replacing("\\\n", with: " "))
        try #require(parts.removeFirst() == "roster", "\(text)")
        while let part = parts.first {
            parts.removeFirst()
            if part == "<" {
                input = parts.removeFirst()
            } else if part == ">" {
                parts.removeFirst()
            } else {
                words.append(part)
            }
        }
    }

    private static func split(_ text: String) throws -> [String] {
        var parts: [String] = []
        var part: String?
        var isQuoted = false
        for character in text {
            switch character {
            case "'":
                isQuoted.toggle()
                part = part ?? ""
            case " " where !isQuoted:
                if let word = part { parts.append(word) }
                part = nil
            default:
                try #require(isQuoted || !"\"\\|&;$`*".contains(character), "\(text)")
                part = (part ?? "") + String(character)
            }
        }
        try #require(!isQuoted, "\(text)")
        return parts + (part.map { [$0] } ?? [])
    }
}
