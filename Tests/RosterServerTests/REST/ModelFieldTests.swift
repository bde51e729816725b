import RosterTestSupport
import Testing

@testable import RosterServer

/// The life of a record's model: `include=model`, and the header fields of an item.
@Suite("The life of models in responses")
struct ModelFieldTests {
    private static let catalogue = """
        {"catalogue": 1, "built": "2026-11-01", "models": [
          {"provider": "openai", "model": "both", "deprecated": "2026-06-01", "retires": "2099-12-31",
           "successors": ["next"], "context": 128000,
           "price": {"input": "0.59", "output": "0.79", "per": "1M", "currency": "USD"},
           "kind": "chat", "sources": [{"name": "test", "seen": "2026-11-01"}]},
          {"provider": "openai", "model": "deprecated", "deprecated": "2026-06-01", "retires": null, "successors": [],
           "context": null, "price": null, "kind": "chat", "sources": [{"name": "test", "seen": "2026-11-01"}]},
          {"provider": "openai", "model": "living", "deprecated": null, "retires": null, "successors": [],
           "context": null, "price": null, "kind": "chat", "sources": [{"name": "test", "seen": "2026-11-01"}]},
          {"provider": "openai", "model": "retires", "deprecated": null, "retires": "2099-01-01", "successors": [],
           "context": null, "price": null, "kind": "chat", "sources": [{"name": "test", "seen": "2026-11-01"}]}
        ]}

        """

    private static let path = "providers/acme/gpt-4o.yaml"

    /// Returns the provider's file with another model.
    private static func provider(_ model: String) throws -> String {
        let file = try #require(try ServedRepository.files(isOpen: false).first { $0.path == path })
        let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { $0.hasPrefix("defaultModel:") ? "defaultModel: \(model)" : $0 }.joined(separator: "\n")
    }

    private static func served(_ model: String) async throws -> ServedExample {
        try await ServedExample(changes: [path: try provider(model), "models.json": catalogue])
    }

    @Test(
        arguments: [
            ("both", "@1780272000", "Thu, 31 Dec 2099 00:00:00 GMT"), ("deprecated", "@1780272000", nil),
            ("retires", nil, "Thu, 01 Jan 2099 00:00:00 GMT"), ("living", nil, nil), ("unknown", nil, nil),
        ] as [(String, String?, String?)]
    )
    func itemAnnouncesEndOfModel(model: String, deprecation: String?, sunset: String?) async throws {
        let server = try await Self.served(model)
        let token = ServedRepository.Token.all.text
        let byID = ServedExample.item(ServedRepository.gpt)
        let named = ServedExample.list + "/acme/gpt-4o"
        for target in [byID, named, byID + "?include=handle,endpoint,model"] {
            for fields in [[], ["Accept-Encoding: gzip"]] {
                let answer = try await server.request("GET", target, token: token, fields: fields)
                #expect(answer["Deprecation"] == deprecation && answer["Sunset"] == sunset, "\(target) \(answer)")
                let condition = try ["If-None-Match: \(#require(answer["ETag"]))"] + fields
                let same = try await server.request("GET", target, token: token, fields: condition)
                #expect(same.status == 304 && same["Sunset"] == sunset)
            }
        }
        let hidden = try await server.request("GET", byID, token: ServedRepository.Token.denied.text)
        #expect(hidden.status == 404 && hidden["Sunset"] == nil && hidden["Deprecation"] == nil)
    }

    @Test func includesTheEntryOfTheModel() async throws {
        let server = try await Self.served("both")
        let token = ServedRepository.Token.all.text
        let target = ServedExample.item(ServedRepository.gpt) + "?include=model"
        let answer = try await server.request("GET", target, token: token)
        let model = try #require(answer.object["model"] as? [String: Any])
        #expect(model["provider"] as? String == "openai" && model["retires"] as? String == "2099-12-31")
        #expect(model["successors"] as? [String] == ["next"] && model["context"] as? Int == 128_000)
        #expect((model["price"] as? [String: String])?["output"] == "0.79")
        let list = try await server.request("GET", ServedExample.list + "?include=model", token: token)
        #expect(list.text.contains(#""model":{"provider":"openai","model":"both","deprecated":"2026-06-01""#))
        let unknown = try await Self.served("unknown").request("GET", target, token: token)
        #expect(unknown.text.contains(#""model":null}"#))
    }

    @Test func changedCatalogueChangesFieldsOfUnchangedRecords() async throws {
        let server = try await Self.served("both")
        let token = ServedRepository.Token.all.text
        let target = ServedExample.item(ServedRepository.gpt)
        let before = try await server.request("GET", target, token: token)
        let catalogue = Self.catalogue.replacing("2099-12-31", with: "2098-12-31")
        try await server.swap([Self.path: try Self.provider("both"), "models.json": catalogue])
        let after = try await server.request("GET", target, token: token)
        #expect(before["Sunset"] == "Thu, 31 Dec 2099 00:00:00 GMT")
        #expect(after["Sunset"] == "Wed, 31 Dec 2098 00:00:00 GMT")
        #expect(after.body == before.body && after["ETag"] == before["ETag"])
    }
}
