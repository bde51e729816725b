import Foundation
import RosterTestSupport
import Testing

/// The environment, descriptors, signals and arguments that `roster exec` passes to a program.
@Suite("roster exec")
struct ExecProgramTests {
    private static let stale = [
        "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "ANTHROPIC_API_KEY",
        "ANTHROPIC_BASE_URL", "GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_GEMINI_BASE_URL", "XAI_API_KEY",
        "XAI_BASE_URL",
        "GROQ_API_KEY", "GROQ_BASE_URL", "OLLAMA_HOST", "OLLAMA_API_KEY", "AZURE_OPENAI_API_KEY",
        "AZURE_OPENAI_ENDPOINT", "OPENAI_API_VERSION", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_BEARER_TOKEN_BEDROCK", "ROSTER_PROVIDER_ID", "ROSTER_MODEL",
        "ROSTER_IDENTITY", "CREDENTIALS_DIRECTORY", "OPENAI_API_BASE", "ANTHROPIC_AUTH_TOKEN",
        "ANTHROPIC_CUSTOM_HEADERS", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "AWS_PROFILE",
        "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_APPLICATION_CREDENTIALS",
        "AZURE_OPENAI_AD_TOKEN", "GOOGLE_GENAI_API_VERSION", "GOOGLE_GENAI_USE_ENTERPRISE", "OPENAI_CUSTOM_HEADERS",
        "AWS_ENDPOINT_URL_BEDROCK", "ANTHROPIC_BEDROCK_BASE_URL", "AWS_ROLE_ARN", "openai_api_key",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI", "NETRC",
    ]

    struct Case: CustomTestStringConvertible, Sendable {
        var slug: String
        var rest = ""
        var key: String? = RuntimeRepository.key
        var expected: [String: String]

        var testDescription: String { "\(slug) \(rest.replacing("\n", with: " "))" }
    }

    private static let at = "baseUrl: http://127.0.0.1:9"
    private static let key = RuntimeRepository.key

    static let cases = [
        Case(
            slug: "openai",
            rest: "config: {organization: org-a, project: proj-a}",
            expected: [
                "OPENAI_API_KEY": key, "OPENAI_BASE_URL": "https://api.openai.com/v1", "OPENAI_ORG_ID": "org-a",
                "OPENAI_PROJECT_ID": "proj-a",
            ]
        ),
        Case(slug: "gateway", rest: at, expected: ["OPENAI_API_KEY": key, "OPENAI_BASE_URL": "http://127.0.0.1:9"]),
        Case(
            slug: "custom",
            rest: at + "/x/",
            key: nil,
            expected: ["OPENAI_BASE_URL": "http://127.0.0.1:9/x", "OPENAI_API_KEY": "unused"]
        ),
        Case(
            slug: "gateway",
            rest: at,
            key: nil,
            expected: ["OPENAI_BASE_URL": "http://127.0.0.1:9", "OPENAI_API_KEY": "unused"]
        ),
        Case(
            slug: "anthropic",
            expected: ["ANTHROPIC_API_KEY": key, "ANTHROPIC_BASE_URL": "https://api.anthropic.com"]
        ),
        Case(
            slug: "google",
            rest: "config: {version: v1beta}",
            expected: [
                "GEMINI_API_KEY": key, "GOOGLE_GENAI_API_VERSION": "v1beta",
                "GOOGLE_GEMINI_BASE_URL": "https://generativelanguage.googleapis.com",
            ]
        ),
        Case(
            slug: "xai",
            rest: "config: {region: eu-west-1}",
            expected: ["XAI_API_KEY": key, "XAI_BASE_URL": "https://eu-west-1.api.x.ai/v1"]
        ),
        Case(slug: "groq", expected: ["GROQ_API_KEY": key, "GROQ_BASE_URL": "https://api.groq.com"]),
        Case(
            slug: "ollama",
            key: nil,
            expected: [
                "OLLAMA_HOST": "http://localhost:11434", "OPENAI_BASE_URL": "http://localhost:11434/v1",
                "OPENAI_API_KEY": "unused",
            ]
        ),
        Case(slug: "ollama", rest: at, expected: ["OLLAMA_HOST": "http://127.0.0.1:9", "OLLAMA_API_KEY": key]),
        Case(
            slug: "azure",
            rest: "config: {resourceName: acme, apiVersion: 2024-10-21-preview}",
            expected: [
                "AZURE_OPENAI_API_KEY": key, "AZURE_OPENAI_ENDPOINT": "https://acme.openai.azure.com",
                "OPENAI_API_VERSION": "2024-10-21-preview",
            ]
        ),
        Case(
            slug: "azure",
            rest: "config: {resourceName: acme}",
            expected: [
                "AZURE_OPENAI_API_KEY": key, "AZURE_OPENAI_ENDPOINT": "https://acme.openai.azure.com",
                "OPENAI_API_KEY": key, "OPENAI_BASE_URL": "https://acme.openai.azure.com/openai/v1",
            ]
        ),
        Case(
            slug: "google",
            rest: at + "/x/\nconfig: {version: v1beta}",
            expected: [
                "GEMINI_API_KEY": key, "GOOGLE_GENAI_API_VERSION": "v1beta",
                "GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1:9/x",
            ]
        ),
        Case(
            slug: "bedrock",
            rest: "config: {region: eu-central-1}",
            key: RuntimeRepository.pair,
            expected: [
                "AWS_REGION": "eu-central-1", "AWS_DEFAULT_REGION": "eu-central-1",
                "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
                "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            ]
        ),
        Case(
            slug: "bedrock",
            rest: "config: {region: eu-central-1}",
            key: RuntimeRepository.pair.dropLast() + #","sessionToken":"Fwo//t=="}"#,
            expected: [
                "AWS_REGION": "eu-central-1", "AWS_DEFAULT_REGION": "eu-central-1",
                "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SESSION_TOKEN": "Fwo//t==",
                "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            ]
        ),
        Case(
            slug: "bedrock",
            rest: at + "/aws\nconfig: {region: eu-central-1}",
            key: #"{"apiKey":"ABSKx/y="}"#,
            expected: [
                "AWS_REGION": "eu-central-1", "AWS_DEFAULT_REGION": "eu-central-1",
                "AWS_BEARER_TOKEN_BEDROCK": "ABSKx/y=", "AWS_ENDPOINT_URL_BEDROCK": "http://127.0.0.1:9/aws",
                "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": "http://127.0.0.1:9/aws",
            ]
        ),
        Case(
            slug: "google",
            rest: at + "/v1beta",
            expected: [
                "GEMINI_API_KEY": key, "GOOGLE_GENAI_API_VERSION": "v1beta",
                "GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1:9",
            ]
        ),
        Case(
            slug: "bedrock",
            rest: "config: {region: eu-central-1}",
            key: #"{"apiKey":"ABSKx/y="}"#,
            expected: [
                "AWS_REGION": "eu-central-1", "AWS_DEFAULT_REGION": "eu-central-1",
                "AWS_BEARER_TOKEN_BEDROCK": "ABSKx/y=",
            ]
        ),
    ]

    /// The hosts of the cases.
    static let hosts = [
        "127.0.0.1", "api.openai.com", "api.anthropic.com", "generativelanguage.googleapis.com", "eu-west-1.api.x.ai",
        "api.groq.com", "acme.openai.azure.com", "bedrock-runtime.eu-central-1.amazonaws.com",
    ]

    @Test("Exactly the documented variables are set, and stale ones are removed", arguments: cases, [false, true])
    func variables(example: Case, compiled: Bool) async throws {
        var repository = try await RuntimeRepository()
        if let key = example.key {
            try await repository.seal(key, hosts: Self.hosts)
        }
        try repository.add(example.slug, model: "m 1", (example.key == nil ? "" : "secret: key\n") + example.rest)
        var arguments = ["exec", "acme/\(example.slug)", "--connect-timeout", "2", "--", "env", "-0"]
        if compiled {
            #expect(try await repository.run("compile", "-o", "registry.json").exitCode == 0)
            arguments.insert(contentsOf: ["--registry", "registry.json"], at: 1)
        }
        for name in Self.stale where name != "ROSTER_IDENTITY" && name != "CREDENTIALS_DIRECTORY" {
            repository.program.environment[name] = "stale"
        }
        repository.program.environment["UNRELATED"] = "kept"
        let run = try await repository.run(arguments)
        #expect(run.exitCode == 0, "\(run.error)")
        var found: [String: String] = [:]
        for entry in run.output.split(separator: "\0") {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            #expect(found.updateValue(parts[1], forKey: parts[0]) == nil, "\(parts[0]) stands twice")
        }
        var expected = example.expected
        expected["ROSTER_MODEL"] = "m 1"
        expected["ROSTER_PROVIDER_ID"] = "aip_" + (example.slug + "AAAAAAAAAAAAAAAA").prefix(16)
        #expect(found.filter { Self.stale.contains($0.key) } == expected)
        #expect(found["UNRELATED"] == "kept")
        #expect(found["ROSTER_IDENTITY_FILE"] == nil)
    }

    private func local() async throws -> RuntimeRepository {
        let repository = try await RuntimeRepository()
        try await repository.seal()
        try repository.add("openai", "secret: key\n" + Self.at)
        return repository
    }

    @Test func doesNotPassIdentityToProgram() async throws {
        var repository = try await local()
        let folder = try #require(repository.folder.companion).path + "/roster/identities"
        let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
        let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
        repository.program.environment["ROSTER_IDENTITY"] = text
        repository.program.environment["XDG_CONFIG_HOME"] = "/nonexistent"
        let run = try await repository.run("exec", "acme/openai", "--", "env")
        #expect(run.exitCode == 0 && run.output.contains("OPENAI_API_KEY=" + Self.key), "\(run.error)")
        #expect(!run.output.contains("ROSTER-IDENTITY"))
        repository.program.environment["ROSTER_IDENTITY"] = .some(nil)
        repository.program.environment["ROSTER_IDENTITY_FILE"] = folder + "/" + file
        let second = try await repository.run("exec", "acme/openai", "--", "env")
        #expect(second.exitCode == 0 && !second.output.contains("ROSTER_IDENTITY_FILE"))
    }

    @Test(
        "A variable is removed even if its value begins with a combining mark",
        arguments: ["NETRC", "SSLKEYLOGFILE", "NODE_TLS_REJECT_UNAUTHORIZED", "openai_base_url", "APPENGINE_RUNTIME"]
    )
    func valueWithCombiningMark(name: String) async throws {
        var repository = try await local()
        // In Unicode, `=` with a combining mark is a different grapheme cluster.
        repository.program.environment[name] = "\u{301}x"
        repository.program.environment["HARMLESS"] = "\u{301}y"
        let run = try await repository.run("exec", "acme/openai", "--", "env")
        #expect(run.exitCode == 0 && run.output.unicodeScalars.contains("y"), "\(run.error)")
        #expect(!run.output.utf8.split(separator: 0x0A).contains { $0.starts(with: "\(name)=".utf8) })
    }

    @Test(.tags(.startsProgram)) func preservesExitStatusAndSignal() async throws {
        let repository = try await local()
        for status: Int32 in [0, 1, 2, 64, 255] {
            let run = try await repository.run("exec", "acme/openai", "--", "sh", "-c", "exit \(status)")
            #expect(run.exitCode == status)
        }
        let script = """
            "$0" exec acme/openai -- sh -c 'kill -TERM $$; sleep 5'; echo "status $?"
            "$0" exec acme/openai -- sh -c 'echo $$' > pid & echo "same $!" > outer; wait
            [ "$(cat pid)" = "$(cut -d' ' -f2 outer)" ] && echo "in place"
            """
        let run = try Self.unblocked(repository, script)
        #expect(run.output.contains("status 143"), "\(run)")
        #expect(run.output.contains("in place"), "\(run)")
    }

    @Test(.tags(.startsProgram)) func deliversSignalsWithInheritedMask() async throws {
        let repository = try await local()
        let script = """
            "$0" exec acme/openai -- sh -c 'trap "echo got; exit 9" TERM; echo ready; while :; do sleep 0.05; done' > out &
            while ! grep -q ready out 2> /dev/null; do sleep 0.05; done
            kill -TERM $!; wait $!; echo "status $?"; cat out
            "$0" exec acme/openai -- grep -E 'SigBlk|SigIgn' /proc/self/status
            """
        let run = try Self.unblocked(repository, script)
        #expect(run.output.contains("status 9") && run.output.contains("got"), "\(run)")
        let masks = run.output.split(separator: "\n").filter { $0.hasPrefix("Sig") }
            .compactMap { UInt64($0.split(separator: "\t")[1], radix: 16) }
        // The two signals after the 31 standard ones belong to the C library.
        #expect(masks.count == 2 && masks.allSatisfy { $0 & 0x7FFF_FFFF == 0 }, "\(run)")
    }

    /// Runs a script with the default signal mask and handlers, unlike the threads of the tests.
    private static func unblocked(_ repository: RuntimeRepository, _ script: String) throws -> ProgramRun {
        let python = """
            import os, signal, sys
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            for number in signal.valid_signals():
                if number not in (signal.SIGKILL, signal.SIGSTOP) and number < 32: signal.signal(number, signal.SIG_DFL)
            os.execvp("sh", ["sh", "-c", *sys.argv[1:]])
            """
        return try withExtendedLifetime(repository) {
            try repository.program.tool("python3", "-c", python, script, BuiltProgram.path)
        }
    }

    @Test(.tags(.startsProgram)) func closesDescriptorsAndPassesArgumentsUnchanged() async throws {
        let repository = try await local()
        let script = #"""
            exec 7< /etc/passwd 9> /dev/null
            "$0" exec acme/openai -- ls /proc/self/fd
            "$0" exec acme/openai -- printf '%s|' "$(printf 'a\377b')" --registry -- '' 'x y' | od -An -c
            """#
        let run = try withExtendedLifetime(repository) {
            try repository.program.tool("sh", "-c", script, BuiltProgram.path)
        }
        let lines = run.output.split(separator: "\n").map(String.init)
        // The fourth descriptor is the folder that is listed.
        #expect(Array(lines.prefix(4)) == ["0", "1", "2", "3"], "\(run)")
        let bytes = lines.dropFirst(4).joined().split(separator: " ", omittingEmptySubsequences: true).joined()
        #expect(bytes == "a377b|--registry|--||xy|", "\(run)")
    }

    @Test(.tags(.startsProgram)) func reportsProgramThatCannotBeStarted() async throws {
        let repository = try await local()
        let built = BuiltProgram(folder: repository.program.folder, environment: repository.program.environment)
        try repository.folder.write("script", "echo hello\n")
        for (program, words) in [
            ("no-such-program", "there is no program"), ("./nowhere/x", "there is no program"),
            ("./script", "may not be run"),
            ("/", "may not be run"),
        ] {
            let run = try withExtendedLifetime(repository) {
                try built.run(["exec", "acme/openai", "--", program])
            }
            #expect(run.exitCode == 3 && run.error.contains(words), "\(program): \(run.error)")
            #expect(!RuntimeRepository.shows(run))
        }
        for arguments in [["exec", "acme/openai"], ["exec", "acme/openai", "--"], ["exec", "acme/openai", "env"]] {
            #expect(try await repository.run(arguments).exitCode == 64)
        }
        #expect(try await repository.run("exec", "acme/nobody", "--", "env").exitCode == 3)
    }

    @Test(.tags(.startsProgram)) func rejectsNonUTF8ArgumentsBeforeTerminator() async throws {
        let repository = try await local()
        let run = try withExtendedLifetime(repository) {
            try repository.program.start("sh", ["-c", #""$0" exec "$(printf 'a\377b')" -- env"#, BuiltProgram.path])
        }
        #expect(run.exitCode == 64 && run.error.contains("is not UTF-8"), "\(run)")
    }
}
