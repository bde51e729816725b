import Foundation
import RosterModel
import RosterTestSupport
import Testing

/// A provider and its key in one step, from a terminal and from a pipe, up to the first request.
@Suite("Commands: a provider and its key in one step")
struct OneStepTests {
    private static let key = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"

    private func create(_ slug: ProviderSlug, _ url: String, _ more: [String]) -> [String] {
        let model = slug == .azure ? "deployment" : "some-model"
        let fields = [
            "--name", slug.rawValue, "--provider", slug.rawValue, "--default-model", model, "--base-url", url,
        ]
        let region = slug == .bedrock ? ["--config", "region=eu-central-1"] : []
        return ["provider", "create", "--project", "acme"] + fields + region + more
    }

    private func value(_ slug: ProviderSlug) -> String { slug == .bedrock ? RuntimeRepository.pair : Self.key }

    /// Expects that a request reaches the server with the key, and that nothing is left to fix.
    private func expectAnswer(_ slug: ProviderSlug, _ repository: RuntimeRepository, _ server: RecordingServer)
        async throws
    {
        // A server of ollama on this machine needs no key, which is a warning.
        let check = try await repository.run(slug == .ollama ? ["check"] : ["check", "--strict"])
        #expect(check.exitCode == 0, "\(check)")
        let ping = try await repository.run("ping", "acme/\(slug.rawValue)")
        #expect(ping.exitCode == 0, "\(ping)")
        let headers = try server.records().map { "\($0.headers)" }
        #expect(headers.count == 1 && headers[0].contains(slug == .bedrock ? "AKIAIOSFODNN7EXAMPLE" : Self.key))
    }

    @Test("From a terminal", .tags(.startsProgram), arguments: ProviderSlug.allCases)
    func terminal(slug: ProviderSlug) async throws {
        let (server, repository) = (try RecordingServer(), try await RuntimeRepository())
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "terminal_peer.py")
            .path
        let arguments = create(slug, server.url, ["--seal"])
        let run = try repository.program.tool(["python3", script, BuiltProgram.path, value(slug)] + arguments)
        #expect(run.output.contains("the key of acme/\(slug.rawValue) may be sent to 127.0.0.1:\(server.port)"))
        #expect(run.output.contains("sealed acme/\(slug.rawValue), generation 1") && !run.output.contains(value(slug)))
        try await expectAnswer(slug, repository, server)
    }

    @Test("From a pipe", arguments: ProviderSlug.allCases)
    func pipe(slug: ProviderSlug) async throws {
        let (server, repository) = (try RecordingServer(), try await RuntimeRepository())
        let run = try await repository.run(create(slug, server.url, ["--seal"]), input: Data(value(slug).utf8))
        #expect(run.exitCode == 0 && !(run.output + run.error).contains(value(slug)), "\(run)")
        try await expectAnswer(slug, repository, server)
    }

    @Test("The secret first, for the slug and its URL", arguments: ProviderSlug.allCases)
    func secretFirst(slug: ProviderSlug) async throws {
        let (server, repository) = (try RecordingServer(), try await RuntimeRepository())
        let name = slug.rawValue
        let region = slug == .bedrock ? ["--region", "eu-central-1"] : []
        let set = ["secret", "set", "acme/\(name)", "--for", name, "--base-url", server.url] + region
        let sealed = try await repository.run(set, input: Data(value(slug).utf8))
        #expect(sealed.exitCode == 0, "\(sealed)")
        let run = try await repository.run(create(slug, server.url, ["--secret", name]))
        #expect(run.exitCode == 0, "\(run)")
        try await expectAnswer(slug, repository, server)
    }

    @Test("A disk that is full at any moment gets both files or none", .tags(.startsProgram))
    func fullDisk() async throws {
        let repository = try await RuntimeRepository()
        let command = create(.openai, "https://api.openai.com", ["--seal"]).joined(separator: " ")
        // A file system with room for a number of files, in a mount namespace of the script.
        let script = """
            cp -a roster.yaml "$1/" && cd "$1" && mkdir small && both=no
            for count in $(seq 3 14); do
                mount -t tmpfs -o size=4m,nr_inodes=$count tmpfs small || exit 1
                if cp roster.yaml small/ 2> /dev/null; then
                    printf %s "$2" | "$0" --repo small \(command) > /dev/null 2>&1; code=$?
                    files=$(find small -type f ! -name roster.yaml | wc -l)
                    echo "$count $code $files"
                fi
                umount small
            done
            """
        let folder = try ScratchFolder()
        let unshare = ["unshare", "--user", "--map-root-user", "--mount", "bash", "-c", script]
        let run = try repository.program.tool(unshare + [BuiltProgram.path, folder.path, Self.key])
        let results = run.output.split(separator: "\n").map { $0.split(separator: " ").compactMap { Int($0) } }
        #expect(results.contains { $0[1] == 0 } && results.contains { $0[1] != 0 }, "\(run)")
        for result in results { #expect(result[2] == (result[1] == 0 ? 2 : 0), "\(result)") }
    }

    @Test(
        "What is in the way leaves no file",
        arguments: [
            "touch secrets", "mkdir secrets && touch secrets/acme", "rmdir providers; touch providers",
            "mkdir -p providers && touch providers/acme", "mkdir -p providers/acme/openai.yaml",
            "mkdir -p secrets/acme/openai.yaml", "ln -s /nonexistent secrets",
            "mkdir -p providers; ln -s /tmp providers/acme",
        ]
    )
    func obstacle(script: String) async throws {
        let repository = try await RuntimeRepository()
        try repository.program.tool("sh", "-c", script)
        let run = try await repository.run(
            create(.openai, "https://api.openai.com", ["--seal", "--handle", "openai"]),
            input: Data(Self.key.utf8)
        )
        #expect(run.exitCode != 0 && !(run.output + run.error).contains(Self.key), "\(script): \(run)")
        let files = try repository.program.tool("find", ".", "-name", "openai*", "-type", "f").output
        #expect(files.isEmpty, "\(script): \(files)")
        #expect(!run.error.isEmpty)
    }

    @Test(
        "A setting is asked for as the option that gives it",
        arguments: [
            ("azure", [], "--config resourceName=VALUE"), ("bedrock", [], "--config region=VALUE"),
            ("gateway", [], "--base-url URL"), ("custom", [], "--base-url URL"),
            ("azure", ["--resource-name", "acme"], "--config resourceName=acme"),
            ("bedrock", ["--region=eu-central-1"], "--config region=eu-central-1"),
        ]
    )
    func settings(slug: String, options: [String], words: String) async throws {
        let repository = try await RuntimeRepository()
        for seal in [["--seal"], []] {
            let line = ["provider", "create", "--project", "acme", "--name", "n", "--provider", slug]
            let run = try await repository.run(
                line + ["--default-model", "m"] + options + seal,
                input: Data(Self.key.utf8)
            )
            #expect(run.exitCode != 0 && run.error.contains(words), "\(run)")
        }
    }
}
