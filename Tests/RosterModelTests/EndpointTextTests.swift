import RosterJSON
import RosterTestSupport
import Testing

@testable import RosterModel

/// The texts of endpoints in documents, which are appended as bytes.
@Suite("Texts of endpoints")
struct EndpointTextTests {
    private static let hosts = [
        "https://h.example", "http://localhost", "http://localhost:1", "https://h.example:65535", "https://[::1]:8443",
        "http://127.0.0.1:80", "https://[2001:db8:1111:2222:3333:4444:5555:6666]:10000", "https://192.0.2.255:443",
        "https://[::ffff:192.0.2.255]", "https://a.b.c.d.example:8080",
    ]
    private static let paths = ["", "/", "/v1", "/v1/", "/openai/v1", "/a%20b/é", "/tenants/7/v1beta", "/a:b@c,e=f&g"]
    private static let models = [
        "m1", "models/gemini-2.5-flash", "tunedModels/a:b@c", "gpt 4o", "org/model:free", "modèle", "a+b=c&d?e#f",
        "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.m1", "\u{1F600}~-._!$'()*,;", "",
    ]
    private static let settings: [(String, [String])] = [
        ("region", ["eu-central-1", "us-east-1"]), ("resourceName", ["acme", "a-1"]), ("version", ["v1beta", "v2"]),
        ("apiVersion", ["2024-10-21", "preview"]),
    ]

    @Test("The appended bytes are the texts of the URLs, within the limits")
    func appendsTexts() throws {
        var random = SeededGenerator()
        var count = 0
        for _ in 0..<4_000 {
            let slug = ProviderSlug.allCases.randomElement(using: &random) ?? .openai
            let host = Self.hosts.randomElement(using: &random) ?? ""
            let path = Self.paths.randomElement(using: &random) ?? ""
            let url = Bool.random(using: &random) ? try? BaseURL(host + path) : nil
            var config = JSONObject()
            for (name, values) in Self.settings where Bool.random(using: &random) {
                let value = values.randomElement(using: &random) ?? ""
                config.members.append(JSONObject.Member(name: name, value: .string(value)))
            }
            let model = Self.models.randomElement(using: &random) ?? ""
            guard let endpoint = try? Endpoint(slug: slug, baseURL: url, config: config, model: model) else { continue }
            let origin = endpoint.base.origin
            count += 1
            let base = Self.text(endpoint.base.textLimit) { endpoint.base.append(to: &$0) }
            #expect(base == endpoint.base.description)
            let chat = Self.text(endpoint.chatLimit) { endpoint.appendChat(to: &$0) }
            #expect(chat == endpoint.chat.description)
            let authority = Self.text(origin.authorityLimit) { origin.appendHostAndPort(to: &$0) }
            #expect(authority == "\(origin.host):\(origin.port)")
        }
        #expect(count > 1_000)
    }

    /// Returns the text that a closure appends to a span of `limit` bytes.
    private static func text(_ limit: Int, _ append: (inout OutputSpan<UInt8>) -> Void) -> String {
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: limit) { append(&$0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
