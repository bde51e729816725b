import NIOHTTP1
import RosterModel
import Testing

@testable import RosterServer

@Suite("Keys in the clear, in requests that write")
struct PlaintextKeyRefusalTests {
    private static let value = "Vq7wT2xLm9Rz4KcJ8nBd"

    @Test(arguments: [
        #""OPENAI_API_KEY":"{}""#, #""headers":{"x-portkey-api-key":"{}"}"#, #""upstream":"Bearer {}""#,
        #""database_url":"postgresql://app:{}@db.example.org/app""#, #""auth":{"value":"{}"}"#,
        #""env":[{"name":"HF_TOKEN","value":"{}"}]"#, #""api_keys":["{}"]"#, #""note":"hf_{}abcdefghijklmn""#,
        #""origin":"https://u:a/{}@host.example""#,
    ])
    func restAndToolsRefuseThem(fragment: String) async throws {
        let server = try await ResponderFixture()
        let config = "\"config\":{" + fragment.replacing("{}", with: Self.value) + "}"
        let item = "/api/v1/ai-providers/" + ResponderFixture.first
        let patched = try await server.send(.PATCH, item, "{\(config)}")
        let record =
            "\"projectId\":\"proj_V1StGXR8Z5jdHi6B\",\"name\":\"n\",\"provider\":\"ollama\",\"defaultModel\":\"m\""
        let posted = try await server.send(.POST, "/api/v1/ai-providers", "{\(record),\(config)}")
        for answer in [patched, posted] {
            #expect(answer.status == 422 && answer.text.contains("plaintext-key"), "\(answer.text)")
            #expect(!answer.text.contains(Self.value), "\(answer.text)")
        }
        for revision in ProtocolRevision.allCases {
            let updated = try await server.tool(
                "update-ai-provider",
                "\"id\":\"\(ResponderFixture.first)\",\(config)",
                revision
            )
            let created = try await server.tool("create-ai-provider", "\(record),\(config)", revision)
            for answer in [updated, created] {
                #expect(answer.isFailure && answer.texts.joined().contains("plaintext-key"), "\(answer.texts)")
                #expect(!"\(answer)".contains(Self.value), "\(answer)")
            }
        }
    }
}
