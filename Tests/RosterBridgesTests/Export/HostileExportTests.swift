import Foundation
import RosterBytes
import RosterJSON
import RosterModel
import RosterTestSupport
import SealedBoxes
import Testing

@testable import RosterBridges
@testable import RosterRuntime

/// Exports of records with texts that could change the meaning of a file, read as their consumers read them.
@Suite struct HostileExportTests {
    private static let pieces = [
        "\"", "'", "\\", "\n", "\r", "\t", " ", ": ", " #", "#", "---", "- ", "{", "}", "[", "]", "&a", "*a", "!!str",
        "%",
        "${HOME}", "$(id)", "$HOME", "{env:HOME}", "{file:/etc/passwd}", "{env:", "os.environ/HOME", "<<", "=", "~",
        "null", "true", "no", "0x1f", "1e3", "1_000", "12:30:45", "2001-01-01", ".inf", "é", "\u{e9}\u{301}",
        "\u{202e}",
        "\u{2028}", "\u{85}", "\u{a0}", "\u{feff}", "\u{200b}", "\u{e0001}", "\u{1f600}", "\u{10ffff}", "\u{7f}",
        "\u{1b}[31m",
        "\\u0022", "\\n", "\\", "|", ">", "?", ",", "@", "`", "a", "B", "9", "-", "_", "/",
    ]

    /// Parts of texts that some reader takes for a number or a date.
    private static let numberPieces = [
        "0", "1", "9", "_", ".", ":", "-", "+", "e", "E", "0x", "0b", "f", "10", "59", "2001", "-01", "-1", "T", " ",
        "1:02:03",
    ]

    private static func text(_ generator: inout SeededGenerator) -> String {
        if Int.random(in: 0..<3, using: &generator) == 0 {
            let count = Int.random(in: 1...8, using: &generator)
            return (0..<count).map { _ in numberPieces.randomElement(using: &generator) ?? "" }.joined()
        }
        let count = Int.random(in: 1...12, using: &generator)
        let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
        return Int.random(in: 0..<20, using: &generator) == 0 ? String(repeating: text, count: 2000) : text
    }

    private static func value(_ generator: inout SeededGenerator, depth: Int = 0) -> JSONValue {
        switch Int.random(in: 0..<(depth < 3 ? 8 : 6), using: &generator) {
        case 0: return .null
        case 1: return .boolean(.random(using: &generator))
        case 2: return .integer(.random(in: -1_000_000...1_000_000, using: &generator))
        case 3: return .float(Double(Int.random(in: -999...999, using: &generator)) / 8)
        case 4, 5: return .string(text(&generator))
        case 6: return .array((0..<3).map { _ in value(&generator, depth: depth + 1) })
        default: return .object(object(&generator, depth: depth + 1))
        }
    }

    private static func object(_ generator: inout SeededGenerator, depth: Int) -> JSONObject {
        var names: Set<String> = []
        let members = (0..<3).compactMap { _ -> JSONObject.Member? in
            let name = text(&generator)
            return names.insert(name).inserted ? .init(name: name, value: value(&generator, depth: depth)) : nil
        }
        return JSONObject(members)
    }

    /// Returns the JSON that the peer prints.
    private static func read(_ text: String, as kind: String) throws -> JSONValue {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "RosterCommandsTests/Export/export_peer.py").path
        let run = try Tools(folder: "/").tool(["python3", path, kind], input: Data(text.utf8))
        return try JSONReader.read(utf8: Array(run.output.utf8))
    }

    private static func providers(_ generator: inout SeededGenerator) throws -> [ExportedProvider] {
        let project = Project(
            id: try #require(ProjectID("proj_V1StGXR8Z5jdHi6B")),
            handle: try #require(Handle("acme")),
            name: text(&generator)
        )
        return try (0..<12).map { index in
            var config = object(&generator, depth: 0)
            var headers: [JSONObject.Member] = []
            for index in 0..<3 { headers.append(.init(name: "x-\(index)", value: .string(text(&generator)))) }
            config.members.append(.init(name: "headers", value: .object(JSONObject(headers))))
            config.members.append(.init(name: "organization", value: .string(text(&generator))))
            let record = Provider(
                id: try #require(ProviderID("aip_" + String(repeating: "A", count: 14) + "\(10 + index)")),
                projectID: project.id,
                secretID: nil,
                name: text(&generator),
                slug: [.gateway, .custom][index % 2],
                defaultModel: text(&generator),
                baseURL: "https://h\(index).example/v1",
                config: config,
                createdAt: Timestamp(secondsSince1970: 0),
                updatedAt: Timestamp(secondsSince1970: 0),
                handle: try #require(Handle("p\(index)")),
                source: Registry.Source(path: "p", line: 1)
            )
            return try ExportedProvider(RegisteredProvider(record: record, project: project, secret: nil))
        }
    }

    @Test func consumersReadWhatRecordsContain() throws {
        var generator = SeededGenerator()
        for _ in 0..<4 {
            let providers = try Self.providers(&generator)
            func export(_ format: ExportFormat, as kind: String) throws -> JSONValue {
                var findings: [ExportFinding] = []
                return try Self.read(format.text(of: providers, &findings), as: kind)
            }
            let models = try export(.litellm, as: "yaml")[0]["model_list"]
            let backends = try export(.envoyAIGateway, as: "yaml")
            let records = try export(.kubernetes, as: "yaml")[0]["data"]
            let list = try export(.openaiJSON, as: "json")
            let opencode = try export(.opencode, as: "opencode")["provider"]
            for (index, provider) in providers.enumerated() {
                let record = provider.record
                try Self.compareLiteLLM(models[index], provider)
                #expect(backends[3 * index]["metadata"]["annotations"]["roster/model"] == .string(record.defaultModel))
                let text = try #require(records["p\(index).json"].string)
                let written = try JSONReader.read(text)
                #expect(
                    written["name"] == .string(record.name) && written["config"] == record.config.map { .object($0) }
                )
                #expect(list[index]["model"] == .string(record.defaultModel))
                let entry = opencode["roster-acme-p\(index)"]
                #expect(entry["name"] == .string(record.name))
                #expect(entry["models"].object?.members.map(\.name) == [record.defaultModel])
                for header in provider.headers {
                    #expect(entry["options"]["headers"][header.name] == .string(header.value))
                }
            }
        }
    }

    private static func compareLiteLLM(_ model: JSONValue, _ provider: ExportedProvider) throws {
        let parameters = model["litellm_params"]
        #expect(model["model_name"] == .string(provider.name))
        #expect(parameters["model"] == .string("openai/" + provider.record.defaultModel))
        for header in provider.headers {
            let isReplaced = header.value.utf8.starts(with: "os.environ/".utf8)
            #expect(parameters["extra_headers"][header.name] == (isReplaced ? .null : .string(header.value)))
        }
        for text in try #require(parameters.object).members.compactMap(\.value.string) {
            #expect(!text.utf8.starts(with: "os.environ/".utf8))
        }
    }

    @Test func readersOfVariablesGetTheSameValues() throws {
        var generator = SeededGenerator()
        var expected: [JSONObject.Member] = []
        var environment = try ExecEnvironment(InheritedVariables(origins: []))
        while expected.count < 300 {
            let value = Self.text(&generator)
            let isReplaced = zip(value.utf8, value.utf8.dropFirst()).contains { $0 == 0x24 && $1 == 0x7B }
            let hasControl = value.utf8.contains { $0 < 0x20 && !"\t\n\r".utf8.contains($0) }
            guard !isReplaced, !hasControl, value.utf8.last != UInt8(ascii: "\\") else { continue }
            let name = "NAME_\(expected.count)"
            try Array(value.utf8).withUnsafeBytes { try environment.set(name, to: $0, shown: nil, of: "acme/p") }
            expected.append(.init(name: name, value: .string(value)))
        }
        let text = try environment.text(.dotenv, unsetting: [], providers: nil, delimiter: "")
        let found = try Self.read(text.withBytes { String(decoding: $0, as: UTF8.self) }, as: "dotenv")
        for member in expected { #expect(found[member.name] == member.value) }
    }
}

extension JSONValue {
    fileprivate subscript(name: String) -> JSONValue { object?[name] ?? .null }

    fileprivate subscript(index: Int) -> JSONValue {
        if case .array(let elements) = self, elements.indices.contains(index) { elements[index] } else { .null }
    }
}
