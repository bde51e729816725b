import RosterFrontend
import Testing

@testable import RosterSemantics

@Suite("secret-host-mismatch")
struct SecretHostMismatchTests {
    /// Returns a repository with a provider, and a secret `key` for hosts.
    private static func repository(
        _ lines: String = "",
        hosts: String,
        others: [String: String] = [:]
    ) async throws -> TestRepository {
        let own = [
            "roster.yaml": Sample.roster(),
            "providers/acme/p.yaml": Sample.provider(1, secret: "key", lines),
            "secrets/acme/key.yaml": Sample.secret(1, hosts: hosts),
        ]
        return try await TestRepository(own.merging(others) { $1 })
    }

    @Test(arguments: [
        ("", "api.openai.com"), ("", "api.x.ai, api.openai.com"), ("", "api.openai.com/v1/"),
        ("baseUrl: https://llm.example.com/v1\n", "llm.example.com"),
        ("baseUrl: https://llm.example.com:8443/v1\n", "\"llm.example.com:8443\""),
        ("baseUrl: https://llm.example.com/v1\n", "llm.example.com/v1/"),
    ])
    func acceptsAnAllowedHost(_ lines: String, _ hosts: String) async throws {
        let test = try await Self.repository(lines, hosts: hosts)
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    @Test(arguments: [
        ("https://llm.example.com/v1", "api.openai.com"), ("https://llm.example.com:8443/v1", "llm.example.com"),
        ("https://llm.example.com/v1", "example.com"), ("https://llm.example.com/v1", "llm.example.com/v2/"),
        ("https://llm.example.com/v1", "llm.example.com.evil.example"),
    ])
    func reportsABaseURL(_ baseURL: String, _ hosts: String) async throws {
        let test = try await Self.repository("baseUrl: \(baseURL)\n", hosts: hosts)
        let finding = try test.finding(of: SecretHostMismatch.self)
        #expect(test.place(finding.place) == "providers/acme/p.yaml:6: \(baseURL)")
        #expect(
            finding.message
                == "requests go to \(baseURL)/chat/completions, where the secret \"key\" may not be sent"
        )
        #expect(finding.related.map { $0.message } == ["its allowed hosts"])
        #expect(finding.related.map { test.place($0.place) } == ["secrets/acme/key.yaml:3: [\(hosts)]"])
        #expect(test.findings.count == 1)
    }

    @Test func reportsTheLinkOfAProviderWithoutABaseURL() async throws {
        let test = try await Self.repository(hosts: "api.x.ai")
        #expect(try test.place(test.finding(of: SecretHostMismatch.self).place) == "providers/acme/p.yaml:5: key")
    }

    @Test func suggestsTheFirstSecretOfTheProjectThatFits() async throws {
        let test = try await Self.repository(
            hosts: "api.x.ai",
            others: [
                "secrets/acme/broken.yaml": Sample.broken,
                "secrets/acme/other.yaml": Sample.secret(2, hosts: "api.groq.com"),
                "secrets/acme/y.yaml": Sample.secret(3),
                "secrets/acme/x.yaml": Sample.secret(4),
                "secrets/beta/a.yaml": Sample.secret(5),
            ]
        )
        let finding = try test.finding(of: SecretHostMismatch.self)
        #expect(finding.help == "link a secret whose key may go there: secret: x")
    }

    @Test func suggestsToSealOrToAllowTheHost() async throws {
        let test = try await Self.repository(
            "baseUrl: https://llm.example.com:8443/v1\n",
            hosts: "api.x.ai, api.groq.com",
            others: ["secrets/beta/a.yaml": Sample.secret(5, hosts: "\"llm.example.com:8443\"")]
        )
        #expect(
            try test.finding(of: SecretHostMismatch.self).help
                == "seal a key for this address: roster secret set acme/NAME --for acme/p; or, if this key belongs there "
                + "too, allow it: roster secret reseal acme/key --host api.x.ai --host api.groq.com "
                + "--host llm.example.com:8443"
        )
    }

    @Test(arguments: ["baseUrl: https://?x\n", "baseUrl: [x]\n"])
    func ignoresAProviderWithoutAnEndpoint(_ lines: String) async throws {
        let test = try await Self.repository(lines, hosts: "api.x.ai")
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    @Test func ignoresASecretWithARefusedHost() async throws {
        let test = try await Self.repository(hosts: "api.x.ai, \"not a host\"")
        #expect(test.findings.isEmpty, "\(test.report)")
    }
}
