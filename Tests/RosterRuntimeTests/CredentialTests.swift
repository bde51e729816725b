import Foundation
import RosterModel
import SealedBoxes
import Testing

@testable import RosterRuntime

/// Parsing of sealed values as keys.
@Suite("Sealed values as keys")
struct CredentialTests {
    private func read(_ value: String, _ slug: ProviderSlug = .bedrock) throws -> String {
        let sealed = try SecretValue(input: try SignatureVectorTests.secret(value))
        switch try ProviderCredential(sealed, for: slug, secret: "acme/aws") {
        case .none: return "none"
        case .key(let key): return "key \(key.text)"
        case .signing(let key): return "\(key.accessKeyID.text) \(key.secretAccessKey.text) \(key.sessionToken.text)"
        }
    }

    @Test("Parses keys for bedrock")
    func good() throws {
        #expect(try read("ABSKabcdef") == "key ABSKabcdef")
        #expect(try read("bedrock-api-key-YWJj") == "key bedrock-api-key-YWJj")
        #expect(try read(#"{"apiKey": "ABSKabc"}"#) == "key ABSKabc")
        #expect(try read(#"{"accessKeyId":"AKIA1","secretAccessKey":"s/+="}"#) == "AKIA1 s/+= ")
        #expect(
            try read("{\n\t\"sessionToken\": \"t\\/\\u0041\", \"secretAccessKey\" :\"s\" ,\"accessKeyId\":\"A\"\r\n}")
                == "A s t/A"
        )
        #expect(try read("{notjson}", .openai) == "key {notjson}")
    }

    @Test(
        "Refuses malformed keys without showing a byte of them",
        arguments: [
            ("Canary", "neither"), ("AKIACanaryCanary", "neither"), ("sk-Canary", "neither"),
            ("{", "is not a JSON object"),
            ("{}", "accessKeyId"), (#"{"accessKeyId":"Canary"}"#, "no secretAccessKey"),
            (#"{"secretAccessKey":"Canary"}"#, "no accessKeyId"),
            (#"{"accessKeyId":"Canary","sessionToken":"Canary"}"#, "no secretAccessKey"),
            (#"{"accessKeyId":"","secretAccessKey":"Canary"}"#, "accessKeyId"),
            (#"{"accessKeyId":"Canary","secretAccessKey":"Can ary"}"#, "secretAccessKey"),
            (#"{"accessKeyId":"Canary","secretAccessKey":"Canary\u000d\u000a"}"#, "secretAccessKey"),
            (#"{"accessKeyId":"Canary","secretAccessKey":"Canary","apiKey":"Canary"}"#, "both an apiKey"),
            (#"{"accessKeyId":"Canary","secretAccessKey":"Canary","Canary":"x"}"#, "other than"),
            (#"{"accessKeyId":"Canary","accessKeyId":"Canary","secretAccessKey":"Canary"}"#, "twice"),
            (#"{"accessKeyId":"Canary","secretAccessKey":7}"#, "not text"),
            (#"{"accessKeyId":"Canary","secretAccessKey":null}"#, "not text"),
            (#"{"accessKeyId":"Canary","secretAccessKey":{"a":"b"}}"#, "not text"),
            (#"{"accessKeyId":"Canary","secretAccessKey":"Canary"} x"#, "is not a JSON object"),
            (#"{"accessKeyId":"Canary","secretAccessKey":"Canary",}"#, "is not a JSON object"),
            (#"{"accessKeyId":"Canary","secretAccessKey":"\u00e9Canary"}"#, "not text"),
            (#"{"accessKeyId":"Canary","secretAccessKey":"\ud83dCanary"}"#, "not text"),
            (#"{"a":"1","b":"2","c":"3","d":"4","e":"5","f":"6","g":"7","h":"8","i":"Canary"}"#, "more members"),
        ]
    )
    func bad(value: String, words: String) throws {
        let failure = #expect(throws: ProviderFailure.self) { try read(value) }
        #expect(failure?.code == .malformedSecret)
        #expect(failure?.message.contains(words) == true, "\(String(describing: failure))")
        #expect(failure?.message.contains("Canary") == false)
    }

    @Test(
        "Refuses keys that are not allowed in a header",
        arguments: ["Can ary", "Canary\u{7F}", "Canaryé", "Can\rary", "Can\u{0}ary"]
    )
    func header(value: String) throws {
        for slug in ProviderSlug.allCases where slug != .bedrock {
            let failure = #expect(throws: ProviderFailure.self) { try read(value, slug) }
            #expect(failure?.code == .malformedSecret)
            #expect(failure?.message.contains("Can") == false)
        }
    }
}
