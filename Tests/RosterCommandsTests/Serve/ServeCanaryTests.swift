import Foundation
import RosterBytes
import RosterTestSupport
import SealedBoxes
import Testing

@Suite("roster serve: secrets in responses and logs")
struct ServeCanaryTests {
    private static let value = "sk-canary-5f0e1d2c3b4a59687786a5b4c3d2e1f0"
    private static let pasted = "sk-proj-PastedPastedPastedPastedPastedPastedPasted12"

    /// The texts that no response and no log line may contain.
    private struct Canaries {
        var texts: [String]

        func expectNone(in text: String, _ place: String) {
            for canary in texts { #expect(!text.contains(canary), "\(canary.prefix(20)) stands in \(place)") }
        }
    }

    /// A repository with a sealed canary value.
    private func repository() async throws -> (ServedRepository, Canaries) {
        let repository = try ServedRepository()
        let program = repository.program
        let set = try await program.run(
            ["secret", "set", "acme/openai-prod", "--host", "eu.api.openai.com"],
            input: Data(Self.value.utf8)
        )
        #expect(set.exitCode == 0, "\(set.error)")
        var texts = [Self.value, Data(Self.value.utf8).base64EncodedString(), Self.pasted]
        for path in try program.tool("find", "secrets", "-name", "*.yaml").output.split(separator: "\n") {
            let secret = try repository.folder.read(String(path))
            texts += secret.matches(of: /(?:box|fingerprint): (\S+)/).map { String($0.1) }
        }
        for token in ServedRepository.Token.allCases {
            texts += [String(token.text.dropFirst(3)), Digest.blake2b256(of: Array(token.text.utf8).span).hex]
        }
        #expect(texts.count > 25 && texts.allSatisfy { $0.utf8.count > 15 }, "\(texts)")
        return (repository, Canaries(texts: texts))
    }

    /// Sends valid and invalid requests for every resource with every token.
    private func ask(_ server: RunningServer, _ canaries: Canaries, _ ids: [String]) async throws {
        let tokens: [String?] = [nil, "sk_nonsense"] + ServedRepository.Token.allCases.map(\.text)
        let paths = ["/livez", "/readyz", "/status", "/metrics", "/openapi.json", "/nowhere", RunningServer.list]
        let bodies = [
            #"{"secretId":"\#(ServedRepository.openAISecret)"}"#, #"{"provider":"antropic"}"#, #"{"secretId":"x"}"#,
            #"{"config":{"apiKey":"\#(Self.pasted)"}}"#, #"{"name":"\#(Self.pasted)"}"#,
            #"{"baseUrl":"https://user:\#(Self.pasted)@eu.api.openai.com/v1"}"#, Self.pasted,
        ]
        var requests: [(String, String, String?)] = []
        for path in paths + ids.map({ RunningServer.item($0) }) { requests.append(("GET", path, nil)) }
        for id in ids.prefix(2) { requests.append(("DELETE", RunningServer.item(id), nil)) }
        for body in bodies {
            requests.append(("PATCH", RunningServer.item(ServedRepository.gpt), body))
            requests.append(
                (
                    "POST", RunningServer.list,
                    body.replacing("{", with: #"{"projectId":"\#(ServedRepository.acme)","#, maxReplacements: 1)
                )
            )
        }
        for token in tokens {
            // Planning an edit is slow and does not depend on the token, so edits are requested with few tokens.
            let isShort = ![nil, ServedRepository.Token.all.text, ServedRepository.Token.denied.text].contains(token)
            for (method, path, body) in requests where method == "GET" || !isShort {
                let answer = try await server.request(method, path, token: token, body: body)
                let shown = answer.fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n") + answer.text
                canaries.expectNone(in: shown, "\(method) \(path) \(body ?? "")")
            }
        }
        canaries.expectNone(in: server.log, "the log")
    }

    @Test(arguments: ["text", "json"])
    func servesAndLogsNoSecret(_ format: String) async throws {
        let (repository, canaries) = try await repository()
        let ids = try FileManager.default.subpathsOfDirectory(atPath: repository.folder.path + "/providers")
            .filter { $0.hasSuffix(".yaml") }.compactMap { path in
                try repository.folder.read("providers/" + path).firstMatch(of: /aip_\w{16}/).map { String($0.0) }
            }
        #expect(ids.count == 10)
        let compiled = try await repository.program.run("compile", "-o", "registry.json")
        #expect(compiled.exitCode == 0, "\(compiled.error)")
        let arguments = format == "text" ? [] : ["--registry", "registry.json"]
        let server = try await RunningServer(repository.folder.path, ["--log-format", format] + arguments)
        try await ask(server, canaries, ids)
        guard format == "text" else { return }
        // Errors in the files: a plaintext key, an invalid box, a different fingerprint, a duplicate hash.
        let gpt = try repository.folder.read("providers/acme/gpt-4o.yaml")
        let secret = try repository.folder.read("secrets/acme/openai-prod.yaml")
        let roster = try repository.folder.read("roster.yaml")
        let broken = [
            ("providers/acme/gpt-4o.yaml", gpt.replacing("organization: org-acme", with: "apiKey: \(Self.pasted)")),
            ("providers/acme/gpt-4o.yaml", gpt.replacing("name: GPT", with: "name: \"\(Self.pasted)\n# GPT")),
            ("secrets/acme/openai-prod.yaml", secret.replacing("box: ", with: "box: =")),
            ("secrets/acme/openai-prod.yaml", secret.replacing("fingerprint: ", with: "fingerprint: 0")),
            ("roster.yaml", roster.replacing("hash: \"", with: "hash: \"0")),
        ]
        for (path, text) in broken {
            try repository.folder.write(path, text)
            try await server.until("\(path) is refused", "/status", token: ServedRepository.Token.all.text) { answer in
                (answer.object["lastAttempt"] as? [String: Any])?["ok"] as? Bool == false
            }
            let status = try await server.request("GET", "/status", token: ServedRepository.Token.all.text).text
            canaries.expectNone(in: status, "the status with \(path) broken")
            canaries.expectNone(in: server.log, "the log with \(path) broken")
            for (path, text) in [
                ("providers/acme/gpt-4o.yaml", gpt), ("secrets/acme/openai-prod.yaml", secret), ("roster.yaml", roster),
            ] {
                try repository.folder.write(path, text)
            }
            try await server.until("it is repaired", "/status", token: ServedRepository.Token.all.text) { answer in
                (answer.object["lastAttempt"] as? [String: Any])?["ok"] as? Bool == true
            }
        }
    }
}
