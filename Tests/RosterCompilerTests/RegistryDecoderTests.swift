import Foundation
import RosterBackend
import RosterDiagnostics
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSources
import Testing

@testable import RosterCompiler

/// The decoder accepts every compiled registry and rejects everything else.
@Suite("Reading a registry")
struct RegistryDecoderTests {
    @Test("Every compiled registry is decoded to the same bytes")
    func roundTrip() async throws {
        var trees: [any SourceTree] = RuleCatalogue.all.map { $0.passing.tree }
        trees += RuleCatalogue.all.map { $0.failing.tree }
        trees += Fixtures.names("projects").map { WorkingTree(root: Fixtures.folder + "projects/" + $0) }
        trees.append(WorkingTree(root: Fixtures.folder + "../.."))
        trees.append(RuleExample(provider: RuleExample.provider + Self.oddConfig).tree)
        var (read, refused) = (0, 0)
        for tree in trees {
            guard let checked = try? await Compiler(Fixtures.options).analyze(tree) else { continue }
            let bytes = RegistryEncoder.encode(checked.readableRegistry(history: .modificationTimes))
            if checked.hasErrors {
                // Records that came through whole, of files that other rules refuse.
                if (try? await RegistryDecoder.decode(bytes)) == nil { refused += 1 }
            } else {
                let registry = try await RegistryDecoder.decode(bytes, concurrency: 2)
                #expect(RegistryEncoder.encode(registry) == bytes)
                read += 1
            }
        }
        #expect(read > 50 && refused > 15, "\(read) \(refused)")
    }

    @Test("A document of the first version, which has no endpoints, is read")
    func firstVersion() async throws {
        let text = try Self.document()
        let first = text.replacing("\"registry\": 2", with: "\"registry\": 1")
            .replacing(/,\n      "endpoint": (?:null|{[^}]*})/, with: "")
        #expect(!first.contains("endpoint") && first != text)
        for document in [first, first.replacing("\"dirty\": false", with: "\"dirty\":\tfalse")] {
            let registry = try await RegistryDecoder.decode(Array(document.utf8))
            #expect(String(decoding: RegistryEncoder.encode(registry), as: UTF8.self) == text)
        }
    }

    private static let oddConfig = #"""
        config:
          numbers: [1.5, 1e300, -0.0, 5e-324, 100000000000000000000.0, 0, -9223372036854775808, 0.1]
          words: [true, null, "no", "~", "1e5", "\u00e9", "e\u0301", "a\nb\t\"\\/", "", "# no comment", "{a: 1}"]
          nested: {"": {"a b": []}, "?": {}}

        """#

    @Test("Records and members in any order are sorted")
    func order() async throws {
        let text = try Self.document()
        var json = JSONWriter(.compact)
        json.value(Self.turnedRound(try JSONReader.read(text)))
        let registry = try await RegistryDecoder.decode(json.bytes)
        #expect(String(decoding: RegistryEncoder.encode(registry), as: UTF8.self) == text)
    }

    private static func turnedRound(_ value: JSONValue) -> JSONValue {
        guard case .object(let object) = value else { return value }
        return .object(
            JSONObject(
                object.members.reversed().map { member in
                    var value = turnedRound(member.value)
                    if member.name == "config" { value = member.value }
                    if ["projects", "providers", "secrets"].contains(member.name), case .array(let records) = value {
                        value = .array(records.reversed().map(turnedRound))
                    }
                    return JSONObject.Member(name: member.name, value: value)
                }
            )
        )
    }

    @Test("Rejects a missing member, another type, and an unknown member")
    func members() async throws {
        let access = """
            "access": {
                "policies": {"reader": [{"effect": "Allow", "action": ["*"], "resource": ["acme/*"]}]},
                "tokens": [{
                    "id": "key_q2Wm9ZtL5rYb7KsV", "name": "t", "hash": "\(String(repeating: "5d", count: 32))",
                    "policies": ["reader"], "project": "acme", "expires": null
                }]
              }
            """
        let text = try Self.document().replacing("\"access\": null", with: access)
        #expect(try await RegistryDecoder.decode(Array(text.utf8)).access?.tokens.count == 1)
        let document = try JSONReader.read(text)
        var count = 0
        for variant in Self.variants(of: document, under: "") {
            var json = JSONWriter(.compact)
            json.value(variant.value)
            await #expect(throws: RegistryProblem.self, "\(variant.what)") {
                try await RegistryDecoder.decode(json.bytes)
            }
            count += 1
        }
        #expect(count > 120)
    }

    @Test(
        "Describes the problem",
        arguments: [
            ("\"registry\": 2", "\"registry\": 3", .version, "this is version 3"),
            ("\"registry\": 2", "\"registry\": 0", .version, "this is version 0"),
            ("\"registry\": 2", "\"registry\": 1", .shape, "providers[0]: \"endpoint\" is not a known member"),
            ("\"registry\": 2", "\"registry\": \"2\"", .version, "no number"),
            ("\"registry\": 2,", "\"registry\": 2,,", .notJSON, "line 2: this is not JSON"),
            ("\"dirty\": false", "\"dirty\": 0", .shape, "revision.dirty: must be true or false"),
            ("\"aaaaaaaa", "\"Aaaaaaaa", .shape, "revision.commit: is not a valid commit"),
            ("2025-11-24T16:00:00Z", "2025-11-24 16:00:00Z", .shape, "is not a valid date"),
            ("2025-11-24T16:00:00Z", "2025-02-30T16:00:00Z", .shape, "is not a valid date"),
            ("\"baseUrl\": null", "\"baseURL\": null", .shape, "providers[0]: \"baseUrl\" is missing"),
            ("\"line\": 1", "\"line\": 0", .shape, "providers[0].source.line"),
            ("\"aip_8QzKx0vT2mWb4NcA\"", "\"aip_8QzKx0vT2mWb4Nc\"", .shape, "is not a valid provider id"),
            ("\"provider\": \"openai\"", "\"provider\": \"antropic\"", .shape, "is not a valid provider slug"),
            ("\"api.openai.com\"", "\"https://api.openai.com\"", .shape, "has a scheme"),
            ("\"fingerprint\": \"0", "\"fingerprint\": \"g", .shape, "fingerprint: is not a valid fingerprint"),
            ("\"key\": \"rk_", "\"key\": \"rk-", .shape, "boxes[0].key: is not a valid sealing key id"),
            ("providers/acme/a.yaml", "providers/acme/b.yaml", .reference, "the path must be providers/acme/a.yaml"),
            ("providers/acme/a.yaml", "../a.yaml", .reference, "the path must be"),
            (
                "\"sec_J8sPq2LmN4tRvX6z\",\n      \"name\": \"a\"", "\"sec_K8sPq2LmN4tRvX6z\",\n      \"name\": \"a\"",
                .reference, "there is no secret"
            ),
            (
                "\"projectId\": \"proj_V1StGXR8Z5jdHi6B\",\n      \"secretId\"",
                "\"projectId\": \"proj_X1StGXR8Z5jdHi6B\",\n      \"secretId\"", .reference, "there is no project"
            ),
            ("aip_8QzKx0vT2mWb4NcB", "aip_8QzKx0vT2mWb4NcA", .rules, "[duplicate-id]"),
            ("\"baseUrl\": null", "\"baseUrl\": \"http://api.openai.com/v1\"", .rules, "[insecure-base-url]"),
            ("\"baseUrl\": null", "\"baseUrl\": \"https://169.254.169.254/v1\"", .rules, "[forbidden-host]"),
            ("\"baseUrl\": null", "\"baseUrl\": \"https://evil.example.com/v1\"", .rules, "[secret-host-mismatch]"),
            ("\"baseUrl\": null", "\"baseUrl\": \"https://u:p@api.openai.com\"", .rules, "[invalid-base-url]"),
            ("\"api.openai.com\"", "\"*.workers.dev\"", .shape, "workers.dev"),
            ("\"keyed\": true", "\"keyed\": 1", .shape, "providers[0].endpoint.keyed: must be true or false"),
            ("\"keyed\": true", "\"keyed\": false", .rules, "providers[0].endpoint: is not where requests"),
            ("\"api.openai.com:443\"", "\"api.openai.com\"", .rules, "providers[0].endpoint: is not where requests"),
            ("/v1/chat/completions\"", "/v1/chat/completion\"", .rules, "providers[0].endpoint: is not where requests"),
            ("api.openai.com/v1/chat", "api.openai.com/v1/\u{37E}chat", .rules, "is not where requests"),
            ("\"https://api.openai.com/v1\"", "\"https://evil.example.com/v1\"", .rules, "is not where requests"),
            ("\"generation\": 1", "\"generation\": 0", .rules, "[invalid-value]"),
            ("\"config\": null", "\"config\": {\"apiKey\": \"CanaryCanaryCanary\"}", .rules, "[plaintext-key]"),
            ("\"name\": \"a\"", "\"name\": \"\\u202e\"", .rules, "[hidden-character]"),
            ("\"name\": \"a\"", "\"name\": \"\"", .rules, "[invalid-value]"),
            ("\"box\": \"BBBB", "\"box\": \"BBB", .rules, "[malformed-box]"),
            ("\"publicKey\": \"4", "\"publicKey\": \"5", .rules, "[key-id-mismatch]"),
        ] as [(String, String, RegistryProblem.Code, String)]
    )
    func refused(old: String, new: String, code: RegistryProblem.Code, words: String) async throws {
        let text = try Self.document()
        let range = try #require(text.range(of: old))
        let changed = text.replacingCharacters(in: range, with: new)
        let problem = await #expect(throws: RegistryProblem.self) {
            try await RegistryDecoder.decode(Array(changed.utf8))
        }
        #expect(problem?.code == code, "\(String(describing: problem))")
        #expect(problem?.description.contains(words) == true, "\(String(describing: problem))")
        #expect(problem?.description.contains("Canary") == false)
    }

    @Test("Rejects text that is not JSON or not UTF-8")
    func notJSON() async throws {
        for bytes in [[], Array("null".utf8), [0xFF], Array("{}".utf8), Array("\u{FEFF}{}".utf8), Array("[]".utf8)] {
            await #expect(throws: RegistryProblem.self) { try await RegistryDecoder.decode(bytes) }
        }
        let cut = try Self.document().utf8.dropLast(3)
        await #expect(throws: RegistryProblem.self) { try await RegistryDecoder.decode(Array(cut)) }
    }

    private static func document() throws -> String {
        let url = URL(fileURLWithPath: Fixtures.folder + "projects/two-projects/registry.json")
        return String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }

    /// Returns every object with each member removed and changed to another type, and with an additional member.
    private static func variants(of value: JSONValue, under path: String) -> [(what: String, value: JSONValue)] {
        switch value {
        case .object(let object) where !path.hasSuffix(".config") && !path.hasSuffix(".policies"):
            var result: [(String, JSONValue)] = []
            func with(_ what: String, _ members: [JSONObject.Member]) {
                result.append(("\(path) \(what)", .object(JSONObject(members))))
            }
            with("one more", object.members + [JSONObject.Member(name: "x-more", value: .null)])
            for (index, member) in object.members.enumerated() {
                var members = object.members
                members.remove(at: index)
                with("without \(member.name)", members)
                members = object.members
                members[index].value = .float(0.5)
                with("\(member.name) as a number", members)
                for variant in variants(of: member.value, under: path + "." + member.name) {
                    members[index].value = variant.value
                    with(variant.what, members)
                }
            }
            return result
        case .array(let elements):
            guard let first = elements.first else { return [] }
            return variants(of: first, under: path + "[]").map { ($0.what, .array([$0.value] + elements.dropFirst())) }
                + [("\(path) an element as a number", .array([.float(0.5)] + elements.dropFirst()))]
        default: return []
        }
    }
}
