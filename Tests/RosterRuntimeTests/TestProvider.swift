import RosterJSON
import RosterModel
import SealedBoxes
import Testing

@testable import RosterRuntime

/// Providers without files, to read answers with.
enum TestProvider {
    static let key = "sk-Canary-7f3Kq9Zt/Wm+2Lx8Rb5Yv1Hn4Jc6Pd0"

    /// One slug of each protocol.
    static let slugs: [ProviderSlug] = [.openai, .anthropic, .google, .ollama, .bedrock]

    /// An open endpoint on loopback whose key is ``key``.
    static func endpoint(_ slug: ProviderSlug = .openai, key: String = key) throws -> OpenEndpoint {
        let epoch = Timestamp(secondsSince1970: 0)
        let source = Registry.Source(path: "providers/acme/p.yaml", line: 1)
        let project = try #require(ProjectID("proj_0123456789abcdef"))
        let record = Provider(
            id: try #require(ProviderID("aip_0123456789abcdef")),
            projectID: project,
            secretID: nil,
            name: "p",
            slug: slug,
            defaultModel: "m",
            baseURL: "http://127.0.0.1:1",
            config: slug == .bedrock ? JSONObject([.init(name: "region", value: .string("eu-central-1"))]) : nil,
            createdAt: epoch,
            updatedAt: epoch,
            handle: try #require(Handle("p")),
            source: source
        )
        let provider = RegisteredProvider(
            record: record,
            project: Project(id: project, handle: try #require(Handle("acme")), name: "Acme"),
            secret: nil
        )
        return try OpenEndpoint.make(
            provider,
            provider.endpoint(),
            .key(try SignatureVectorTests.secret(key)),
            allowed: [try AllowedHost("127.0.0.1")]
        )
    }
}
