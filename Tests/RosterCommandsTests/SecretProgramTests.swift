import Foundation
import RosterTestSupport
import Testing

@Suite("Commands: secrets and keys")
struct SecretProgramTests {
    /// A repository with one sealing key and a provider without its secret, and a home folder for identities.
    private func repository() async throws -> (folder: ScratchFolder, program: RosterProgram, home: ScratchFolder) {
        let home = try ScratchFolder()
        let folder = try ScratchFolder.repository(keeping: home)
        var program = RosterProgram(folder: folder.path)
        program.environment = ["XDG_CONFIG_HOME": home.path, "CREDENTIALS_DIRECTORY": nil]
        try folder.write("providers/acme/gpt.yaml", Self.provider)
        let run = try await program.run("key", "generate", "--name", "first")
        #expect(run.exitCode == 0, "\(run.error)")
        return (folder, program, home)
    }

    private static let provider = """
        id: aip_8QzKx0vT2mWb4NcR
        name: GPT-4o
        provider: openai
        defaultModel: gpt-5.6
        secret: openai-prod

        """

    private func identityPath(_ home: ScratchFolder, _ index: Int = 0) throws -> String {
        let folder = home.path + "/roster/identities/"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return folder + (try #require(names.sorted().dropFirst(index).first))
    }

    @Test func sealedSecretOpensWithPyNaCl() async throws {
        let (folder, program, home) = try await repository()
        let set = try await program.run(
            ["secret", "set", "acme/openai-prod"],
            input: Data("sk-canary-value-1\r\n".utf8)
        )
        #expect(set.exitCode == 0, "\(set.error)")
        #expect(try await program.run("check", "--strict").exitCode == 0)
        #expect(try await program.run("secret", "verify").output == "verified acme/openai-prod\n")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "pynacl_peer.py").path
        let opened = try program.tool(
            "python3",
            script,
            "open",
            try identityPath(home),
            "secrets/acme/openai-prod.yaml",
            "proj_V1StGXR8Z5jdHi6B"
        )
        let expected = "sk-canary-value-1".utf8.map { String($0, radix: 16) }.joined()
        #expect(opened.output == expected + "\n")
        #expect(try folder.read("secrets/acme/openai-prod.yaml").contains("allowedHosts: [api.openai.com]\n"))
    }

    @Test func thousandValuesOpenWithPyNaCl() async throws {
        let (folder, program, home) = try await repository()
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "pynacl_peer.py").path
        let scratch = try ScratchFolder()
        for name in ["values", "sealed"] { try program.tool("mkdir", scratch.path + "/" + name) }
        try program.tool("python3", script, "values", "1000", scratch.path + "/values")
        for number in 0..<1_000 {
            let value = try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/values/\(number)"))
            let run = try await program.run(["secret", "set", "acme/openai-prod"], input: value)
            #expect(run.exitCode == 0, "\(run.error)")
            try scratch.write("sealed/\(number)", try folder.read("secrets/acme/openai-prod.yaml"))
        }
        let opened = try program.tool(
            "python3",
            script,
            "open-all",
            try identityPath(home),
            scratch.path + "/sealed",
            scratch.path + "/values",
            "proj_V1StGXR8Z5jdHi6B"
        )
        #expect(opened.output == "1000\n")
    }

    @Test func newValueIncrementsGenerationAndKeepsComments() async throws {
        let (folder, program, _) = try await repository()
        _ = try await program.run(["secret", "set", "acme/openai-prod"], input: Data("one".utf8))
        let before = try folder.read("secrets/acme/openai-prod.yaml")
        try folder.write("secrets/acme/openai-prod.yaml", before + "# our own words\n")
        let set = try await program.run(["secret", "set", "acme/openai-prod"], input: Data("two".utf8))
        #expect(set.exitCode == 0, "\(set.error)")
        let after = try folder.read("secrets/acme/openai-prod.yaml")
        #expect(after.contains("\ngeneration: 2\n") && after.hasSuffix("# our own words\n"))
        #expect(try await program.run("secret", "verify").exitCode == 0)
    }

    @Test func rotatesSealingKeys() async throws {
        let (folder, program, home) = try await repository()
        _ = try await program.run(["secret", "set", "acme/openai-prod"], input: Data("sk-one".utf8))
        let first = try identityPath(home)
        let fingerprint = try folder.read("secrets/acme/openai-prod.yaml").split(separator: "\n")
            .first { $0.hasPrefix("fingerprint") }
        #expect(try await program.run("key", "generate", "--name", "second").exitCode == 0)
        #expect(try await program.run("check").output.contains("error[missing-box]"))
        let reseal = try await program.run("secret", "reseal", "--all")
        #expect(reseal.exitCode == 0, "\(reseal.error)")
        #expect(try await program.run("check", "--strict").exitCode == 0)
        let retire = try await program.run("key", "retire", URL(fileURLWithPath: first).lastPathComponent)
        #expect(retire.exitCode == 0 && retire.output.contains("acme/openai-prod"))
        #expect(try await program.run("secret", "reseal", "--all").exitCode == 0)
        #expect(try await program.run("check", "--strict").exitCode == 0)
        let after = try folder.read("secrets/acme/openai-prod.yaml")
        #expect(after.split(separator: "\n").first { $0.hasPrefix("fingerprint") } == fingerprint)
        #expect(after.contains("generation: 1\n"))
        let old = try await program.run("secret", "verify", "--identity", first)
        #expect(old.exitCode == 3, "the old identity opens nothing new")
        #expect(old.error.contains("there is no identity for acme/openai-prod"))
        #expect(try await program.run("secret", "verify").exitCode == 0)
    }

    @Test func doesNotSealToUntrustedKeyOfBranch() async throws {
        let (folder, program, _) = try await repository()
        _ = try await program.run(["secret", "set", "acme/openai-prod"], input: Data("sk-one".utf8))
        try program.tool("git", "init", "--quiet", "-b", "main")
        try program.tool("git", "add", "--all")
        try program.tool("git", "commit", "--quiet", "-m", "one")
        try program.tool("git", "update-ref", "refs/remotes/origin/main", "HEAD")
        let untrusted = "l+KfvtbnN3yuTEs53jKJ345eI+sSK3ejqUnApJzs+Tw="
        #expect(try await program.run("key", "add", untrusted, "--name", "trust me").exitCode == 0)
        // A tag of the same name must not take precedence.
        try program.tool("git", "add", "--all")
        try program.tool("git", "commit", "--quiet", "-m", "two")
        try program.tool("git", "tag", "origin/main", "HEAD")
        for arguments in [["secret", "reseal", "--all"], ["secret", "set", "acme/openai-prod"]] {
            let before = try folder.read("secrets/acme/openai-prod.yaml")
            let run = try await program.run(arguments, input: Data("sk-two".utf8))
            #expect(run.exitCode == 3)
            #expect(run.error.contains("rk_0ad9c00f55cfc78ea1464dc289947318"))
            #expect(try folder.read("secrets/acme/openai-prod.yaml") == before)
        }
        let named = try await program.run(
            "secret",
            "reseal",
            "--all",
            "--trust-key",
            "rk_0ad9c00f55cfc78ea1464dc289947318"
        )
        #expect(named.exitCode == 0, "\(named.error)")
        #expect(named.output.contains("rk_0ad9c00f55cfc78ea1464dc289947318 (trust me)"))
    }

    @Test func cryptographicFailuresExitWith3AndOneMessage() async throws {
        let (folder, program, _) = try await repository()
        _ = try await program.run(["secret", "set", "acme/openai-prod"], input: Data("sk-one".utf8))
        let one = try folder.read("secrets/acme/openai-prod.yaml")
        let box = try #require(one.split(separator: "box: ").last)
        var messages: Set<String> = []
        // The ephemeral key, the tag and the payload's ciphertext.
        for offset in [4, 50, 90, 300] {
            let letter = box.dropFirst(offset).first == "A" ? "B" : "A"
            let changed = "\(box.prefix(offset))\(letter)\(box.dropFirst(offset + 1))"
            try folder.write("secrets/acme/openai-prod.yaml", one.replacing(String(box), with: changed))
            let run = try await program.run("secret", "verify", "acme/openai-prod")
            #expect(run.exitCode == 3, "\(offset)")
            messages.insert(run.error)
        }
        #expect(messages.count == 1, "\(messages)")
    }

    @Test func findsIdentityInFiveWaysAndRejectsReadableFiles() async throws {
        let (folder, made, home) = try await repository()
        var program = made
        _ = try await program.run(["secret", "set", "acme/openai-prod"], input: Data("sk-one".utf8))
        let path = try identityPath(home)
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        #expect(try await program.run("secret", "verify").exitCode == 0)
        program.environment["XDG_CONFIG_HOME"] = "/nonexistent"
        #expect(try await program.run("secret", "verify").exitCode == 3)
        #expect(try await program.run("secret", "verify", "--identity", path).exitCode == 0)
        program.environment["ROSTER_IDENTITY_FILE"] = path
        #expect(try await program.run("secret", "verify").exitCode == 0)
        program.environment["ROSTER_IDENTITY_FILE"] = .some(nil)
        program.environment["ROSTER_IDENTITY"] = text
        #expect(try await program.run("secret", "verify").exitCode == 0)
        // An invalid ROSTER_IDENTITY does not fall back to the folder of the user.
        program.environment["ROSTER_IDENTITY"] = String(repeating: "A", count: 64 * 1_024 + 1)
        program.environment["XDG_CONFIG_HOME"] = home.path
        let long = try await program.run("secret", "verify")
        #expect(
            long.exitCode == 3 && long.error.contains("ROSTER_IDENTITY is too long for an identity"),
            "\(long.error)"
        )
        program.environment["XDG_CONFIG_HOME"] = "/nonexistent"
        program.environment["ROSTER_IDENTITY"] = .some(nil)
        let credentials = try ScratchFolder()
        try credentials.write("roster-identity", text)
        let file = credentials.path + "/roster-identity"
        program.environment["CREDENTIALS_DIRECTORY"] = credentials.path
        for (mode, exitCode) in [(0o640, 0), (0o600, 0), (0o604, 3)] as [(Int, Int32)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
            #expect(try await program.run("secret", "verify").exitCode == exitCode, "\(String(mode, radix: 8))")
        }
        program.environment["CREDENTIALS_DIRECTORY"] = .some(nil)
        for mode in [0o644, 0o640, 0o602] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
            let run = try await program.run("secret", "verify", "--identity", file)
            #expect(run.exitCode == 3)
            #expect(run.error.contains("chmod 600"))
        }
        withExtendedLifetime(folder) {}
    }

    @Test func createsPrivateIdentityFileOutsideWorkTree() async throws {
        let (folder, program, home) = try await repository()
        let path = try identityPath(home)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let file = home.path + "/mine"
        #expect(try await program.run("key", "generate", "--no-add", "-o", file).exitCode == 0)
        #expect(try await program.run("key", "generate", "--no-add", "-o", file).exitCode == 3)
        try program.tool("git", "init", "--quiet")
        let inside = try await program.run("key", "generate", "--no-add", "-o", folder.path + "/identity")
        #expect(inside.exitCode == 3)
        #expect(inside.error.contains("work tree"))
        #expect(!folder.exists("identity"))
    }

    @Test func noCommandOrFileContainsValue() async throws {
        let (folder, program, home) = try await repository()
        let canary = "CanaryValue\(UInt64.random(in: 1 << 60 ... .max))"
        var run = try await program.run(["secret", "set", "acme/openai-prod"], input: Data(canary.utf8))
        var all = run.output + run.error
        let identity = try Data(contentsOf: URL(fileURLWithPath: try identityPath(home)))
        let privateText = try #require(
            String(decoding: identity, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("ROSTER-IDENTITY") }
        )
        for arguments in [
            ["secret", "list"], ["secret", "show", "acme/openai-prod"], ["secret", "verify"],
            ["secret", "reseal", "--all"],
            ["secret", "reseal", "acme/openai-prod", "--host", "eu.api.openai.com"],
            ["secret", "list", "--format", "json"],
            ["secret", "show", "acme/openai-prod", "--format", "json"], ["key", "list"], ["check"], ["compile"],
            ["secret", "rename", "acme/openai-prod", "renamed"], ["secret", "verify", "acme/renamed"],
        ] {
            run = try await program.run(arguments)
            all += run.output + run.error
        }
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where path.hasSuffix(".yaml") {
            all += try folder.read(path)
        }
        #expect(!all.contains(canary) && !all.contains(Data(canary.utf8).base64EncodedString()))
        #expect(!all.contains(privateText) && !all.contains(privateText.dropFirst(18)))
    }

    @Test func rejectsInvalidValueBeforeSealing() async throws {
        let (folder, program, _) = try await repository()
        let anthropic = "sk-ant-api03-" + String(repeating: "aB3dE6gH", count: 11) + "-AAAAAAAA"
        let other = try await program.run(["secret", "set", "acme/openai-prod"], input: Data(anthropic.utf8))
        #expect(other.exitCode == 1)
        #expect(other.error.contains("Anthropic") && !other.error.contains("aB3dE6gH"))
        for (value, code) in [
            ("", 64), ("\n", 64), (" x", 64), ("x \n", 64), (String(repeating: "x", count: 16_385), 64),
        ] as [(String, Int32)] {
            #expect(
                try await program.run(["secret", "set", "acme/openai-prod"], input: Data(value.utf8)).exitCode == code
            )
        }
        #expect(try await program.run(["secret", "set", "acme/new"], input: Data("x".utf8)).exitCode == 64, "no host")
        #expect(
            try await program.run(["secret", "set", "nosuch/new", "--for", "openai"], input: Data("x".utf8)).exitCode
                == 3
        )
        #expect(
            try await program.run(["secret", "set", "acme/new", "--host", "http://x"], input: Data("x".utf8)).exitCode
                == 64
        )
        #expect(
            try await program.run(["secret", "set", "acme/new", "--for", "azure"], input: Data("x".utf8)).exitCode == 64
        )
        #expect(!folder.exists("secrets"))
        let slug = try await program.run(["secret", "set", "acme/new", "--for", "groq"], input: Data("x".utf8))
        #expect(slug.exitCode == 0, "\(slug.error)")
        #expect(try folder.read("secrets/acme/new.yaml").contains("[api.groq.com]"))
    }

    @Test func keepsLinkedSecretAndUpdatesLinksOnRename() async throws {
        let (folder, program, _) = try await repository()
        _ = try await program.run(["secret", "set", "acme/openai-prod"], input: Data("sk-one".utf8))
        let refused = try await program.run("secret", "delete", "acme/openai-prod")
        #expect(refused.exitCode == 1)
        #expect(refused.error.contains("acme/gpt"))
        #expect(try await program.run("secret", "rename", "acme/openai-prod", "moved").exitCode == 0)
        #expect(try folder.read("providers/acme/gpt.yaml") == Self.provider.replacing("openai-prod", with: "moved"))
        #expect(try await program.run("check", "--strict").exitCode == 0)
        #expect(try await program.run("secret", "verify").exitCode == 0)
    }
}
