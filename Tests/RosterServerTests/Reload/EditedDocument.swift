import RosterBackend
import RosterFrontend
import RosterJSON
import RosterModel
import RosterTestSupport

@testable import RosterServer

/// The document of a compiled registry that a test edits at random, to valid and to hostile documents.
struct EditedDocument {
    private var random: SeededGenerator
    private var edits = 0
    /// The texts of the providers by their numbers.
    private var providers: [String]
    private var secretName = "production"
    private var rosterName = "Acme"

    init(_ random: SeededGenerator) {
        self.random = random
        providers = (0..<Self.count).map { Self.provider($0, "Provider \($0)") }
    }

    private static let count = 40

    private static func commit(_ number: Int) -> String {
        String(repeating: "a", count: 30) + String(number + 1_000_000_000)
    }

    private static func provider(_ number: Int, _ name: String, _ more: String = "") -> String {
        let id = String(repeating: "0", count: 16 - String(number).count) + String(number)
        let secret = number.isMultiple(of: 2) ? "provider: openai\nsecret: openai-prod\n" : "provider: ollama\n"
        return "id: aip_\(id)\nname: \(name)\n\(secret)defaultModel: llama3.2\n\(more)"
    }

    /// Changes files that compile, and returns the document of the registry.
    mutating func compiled() async throws -> [UInt8] {
        edits += 1
        let number = Int.random(in: 0..<Self.count, using: &random)
        switch Int.random(in: 0..<12, using: &random) {
        case 0..<7: providers[number] = Self.provider(number, "Edit \(edits)")
        case 7: providers[number] = Self.provider(number, "Edit \(edits)", "config: {\"a\": \(edits)}\n")
        case 8: providers[number] = Self.provider(1_000 + 2 * edits + number % 2, "New id \(edits)")
        case 9: secretName = "production \(edits)"
        case 10: rosterName = "Acme \(edits)"
        default: break
        }
        return RegistryEncoder.encode(try await registry())
    }

    private func registry() async throws -> Registry {
        var files: [(path: String, bytes: [UInt8])] = RuleExample.common.map { path, text in
            let text = text.replacing("name: Acme", with: "name: \(rosterName)")
            return (path, Array(text.replacing("production", with: secretName).utf8))
        }
        for (number, text) in providers.enumerated() {
            files.append(("providers/acme/p\(number).yaml", Array(text.utf8)))
        }
        return try await ServedExample.loaded(files, commit: Self.commit(edits)).registry
    }

    /// Changes a document in a way that is seldom valid.
    mutating func hostile(_ document: [UInt8]) throws -> [UInt8] {
        var bytes = document
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
            bytes[Int.random(in: bytes.indices, using: &random)] ^= bit
        case 1: bytes.removeSubrange(Int.random(in: bytes.indices, using: &random)...)
        default:
            guard case .object(var root) = try JSONReader.read(utf8: document) else { return [] }
            try change(&root)
            var json = JSONWriter(.compact)
            json.value(.object(root))
            bytes = json.bytes
        }
        return bytes
    }

    /// Changes, copies, removes or exchanges a member of a record, or a record.
    private mutating func change(_ root: inout JSONObject) throws {
        let sections = ["providers", "providers", "providers", "secrets", "projects"]
        let section = sections.randomElement(using: &random) ?? ""
        guard let index = root.members.firstIndex(where: { $0.name == section }),
            case .array(var records) = root.members[index].value, !records.isEmpty
        else { return }
        let (one, other) = (
            Int.random(in: records.indices, using: &random),
            Int.random(in: records.indices, using: &random)
        )
        guard case .object(var record) = records[one], case .object(let donor) = records[other] else { return }
        let member = Int.random(in: record.members.indices, using: &random)
        switch Int.random(in: 0..<7, using: &random) {
        case 0: records.swapAt(one, other)
        case 1: records.remove(at: one)
        case 2: records.insert(records[other], at: one)
        case 3: records[one] = records[other]
        // Such as the id, the handle or the path of another record.
        case 4, 5:
            record.members[member].value = donor.members[member % donor.members.count].value
            records[one] = .object(record)
        default:
            let values: [JSONValue] = [.null, .string(""), .string("../x"), "openai-prod", 7, [], ["a": 1]]
            record.members[member].value = values.randomElement(using: &random) ?? .null
            records[one] = .object(record)
        }
        root.members[index].value = .array(records)
    }
}
