import Foundation
import Testing

/// Roster beside the vendors' own SDKs, at the same server.
@Suite("The built program: what the vendors' SDKs send")
struct VendorProtocolTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var slug: String
        /// What the SDK takes as its base URL, behind the server's.
        var sdkPath = ""
        var key = RuntimeRepository.key
        var model = "m1"
        var config: [String: String] = [:]

        var testDescription: String { "\(slug) \(key.prefix(5))" }
    }

    static let cases = [
        Case(slug: "openai", sdkPath: "/v1"),
        Case(slug: "openai", sdkPath: "/v1", config: ["organization": "org-acme", "project": "proj-acme"]),
        Case(slug: "anthropic"),
        Case(slug: "google", model: "models/gemini-2.5-flash"),
        Case(slug: "google", model: "gemini-preview", config: ["version": "v1beta"]),
        Case(slug: "xai", sdkPath: "/v1"),
        Case(slug: "groq"),
        Case(slug: "ollama"),
        Case(slug: "ollama", key: ""),
        Case(slug: "azure", sdkPath: "/openai/v1", config: ["resourceName": "acme"]),
        Case(
            slug: "bedrock",
            key: RuntimeRepository.pair,
            model: "anthropic.claude-x:0",
            config: ["region": "us-east-1"]
        ),
        Case(
            slug: "bedrock",
            key: RuntimeRepository.pair.dropLast() + #","sessionToken":"FwoGZXIvYXdzEXAMPLE//token=="}"#,
            model: "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.m1",
            config: ["region": "eu-central-1"]
        ),
        Case(slug: "bedrock", key: "ABSK" + String(repeating: "Ab1+", count: 28), config: ["region": "us-east-1"]),
        Case(slug: "gateway"),
        Case(slug: "custom"),
    ]

    @Test("Method, URL, authentication and body are the SDK's", arguments: cases)
    func parity(example: Case) throws {
        let (sdk, roster) = try Self.record(example)
        #expect(roster.count == 2)
        // The first request of Azure's own client tells how a key is shown; the plain client's tell the paths.
        let azure = example.slug == "azure" ? sdk.first : nil
        for (expected, found) in zip(azure == nil ? sdk : Array(sdk.dropFirst()), roster) {
            #expect(found.method == expected.method)
            #expect(found.target == expected.target)
            #expect(Self.authentication(found) == Self.authentication(azure ?? expected))
            if found.method == "POST" { #expect(found.header("content-type") == expected.header("content-type")) }
            let body = try expected.json()?.mutableCopy() as? NSMutableDictionary
            // The SDK's way to say that there are no tools.
            if let tools = body?["tools"] as? [Any], tools.isEmpty { body?.removeObject(forKey: "tools") }
            #expect(try found.json() == body)
        }
        #expect(sdk.count == (azure == nil ? 2 : 3))
    }

    @Test(
        "A signature is botocore's for the same moment",
        arguments: cases.filter { $0.key.hasPrefix("{") }
    )
    func signature(example: Case) throws {
        let (_, roster) = try Self.record(example)
        let pair = try #require(try JSONSerialization.jsonObject(with: Data(example.key.utf8)) as? [String: String])
        for record in roster {
            let request: [String: Any] = [
                "method": record.method, "target": record.target, "headers": record.headers, "body": record.body,
                "access": pair["accessKeyId"] ?? "", "secret": pair["secretAccessKey"] ?? "",
                "token": pair["sessionToken"] ?? NSNull(), "region": example.config["region"] ?? "",
            ]
            let text = String(decoding: try JSONSerialization.data(withJSONObject: request), as: UTF8.self)
            let run = try BuiltProgram(folder: "/").tool("python3", RecordingServer.script("sdk_peer.py"), "sign", text)
            #expect(record.header("authorization") == run.output.trimmingCharacters(in: .newlines))
        }
    }

    private static func record(_ example: Case) throws -> (
        sdk: [RecordingServer.Record], roster: [RecordingServer.Record]
    ) {
        let (theirs, ours) = (try RecordingServer(), try RecordingServer())
        let settings = String(decoding: try JSONSerialization.data(withJSONObject: example.config), as: UTF8.self)
        try BuiltProgram(folder: "/").tool(
            "python3",
            RecordingServer.script("sdk_peer.py"),
            example.slug,
            theirs.url + example.sdkPath,
            example.key,
            example.model,
            settings
        )
        let repository = try RuntimeRepository()
        var rest = "baseUrl: \(ours.url)"
        if !example.key.isEmpty {
            try repository.seal(example.key)
            rest += "\nsecret: key"
        }
        if !example.config.isEmpty {
            rest +=
                "\nconfig:" + example.config.sorted { $0.key < $1.key }.map { "\n  \($0.key): \($0.value)" }.joined()
        }
        // A version is part of a base URL that the provider gives itself.
        if let version = example.config["version"] { rest = rest.replacing(ours.url, with: ours.url + "/" + version) }
        try repository.add(example.slug, model: "\"\(example.model)\"", rest)
        for command in ["models", "ping"] {
            let run = try repository.run(command, "acme/\(example.slug)")
            #expect(run.exitCode == 0, "\(run.error)")
            if command == "ping" { #expect(run.output.contains("pong")) }
        }
        return (try theirs.records(), try ours.records())
    }

    private static func authentication(_ record: RecordingServer.Record) -> [String: String] {
        let names = [
            "authorization", "api-key", "x-api-key", "x-goog-api-key", "anthropic-version", "openai-organization",
            "openai-project", "x-amz-security-token",
        ]
        var found: [String: String] = [:]
        for name in names { found[name] = record.header(name) }
        if let value = found["authorization"], value.hasPrefix("AWS4") {
            // The moment is each request's own; the signature has a test of its own.
            found["authorization"] =
                value.replacing(#/\d{8}T?/#, with: "DATE").replacing(#/Signature=.*/#, with: "")
        }
        return found
    }
}
