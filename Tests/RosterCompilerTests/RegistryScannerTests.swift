import RosterBackend
import RosterModel
import RosterSources
import RosterTestSupport
import Testing

@testable import RosterCompiler

/// The agreement of the two readers of a registry, on documents that are valid and on documents with random edits.
@Suite("Reading a registry in one pass")
struct RegistryScannerTests {
    @Test("Reads every compiled document to the registry that the general reader returns")
    func agreesOnCompiledDocuments() async throws {
        let seed = UInt64.random(in: .min ... .max)
        print("registries in one pass: seed \(seed)")
        for document in try await Self.documents(seed: seed, count: 40) {
            let (general, endpointProblem) = try RegistryDocument.read(document)
            #expect(RegistryScanner.read(document) == general && endpointProblem == nil, "seed \(seed)")
        }
    }

    @Test("Agrees with the general reader on edited documents")
    func agreesOnEditedDocuments() async throws {
        let seed = UInt64.random(in: .min ... .max)
        print("edited registries in one pass: seed \(seed)")
        var random = SeededGenerator(seed: seed)
        var (accepted, rejected) = (0, 0)
        for document in try await Self.documents(seed: seed, count: 12) {
            for _ in 0..<300 {
                let edited = Self.edited(document, &random)
                guard let registry = RegistryScanner.read(edited) else {
                    rejected += 1
                    continue
                }
                accepted += 1
                let general = try? RegistryDocument.read(edited)
                #expect(
                    general?.registry == registry && general?.endpointProblem == nil,
                    "seed \(seed): \(String(decoding: edited, as: UTF8.self))"
                )
            }
        }
        #expect(accepted > 100 && rejected > 1_000, "seed \(seed): \(accepted) accepted, \(rejected) rejected")
    }

    @Test("Reads the encoder's order, and leaves any other order to the general reader")
    func order() async throws {
        let document = try #require(try await Self.documents(seed: 1, count: 1).first)
        let text = String(decoding: document, as: UTF8.self)
        let first = try #require(text.split(separator: "\n").first { $0.contains("\"name\": ") })
        let moved = text.replacing("  \"registry\": 2,\n", with: "")
            .replacing(/(?s)\n}\n$/, with: ",\n  \"registry\": 2\n}\n")
        #expect(first.count > 0 && moved != text)
        #expect(RegistryScanner.read(document) != nil)
        #expect(RegistryScanner.read(Array(moved.utf8)) == nil)
        #expect(try RegistryDocument.read(Array(moved.utf8)).registry == RegistryDocument.read(document).registry)
    }

    /// Compiles repositories whose values are at the limits of the format.
    private static func documents(seed: UInt64, count: Int) async throws -> [[UInt8]] {
        var repositories = GeneratedRepository(seed: seed)
        var documents: [[UInt8]] = []
        while documents.count < count {
            let checked = try await Compiler(Fixtures.options).analyze(MemoryTree(repositories.next()))
            guard let registry = checked.registry(history: .modificationTimes) else { continue }
            documents.append(RegistryEncoder.encode(registry))
        }
        return documents
    }

    /// Returns a document with one byte changed, a run removed or repeated, or a token replaced by another.
    private static func edited(_ document: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = document
        let start = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 1...12, using: &random))
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[start] = UInt8.random(in: .min ... .max, using: &random)
        case 1: bytes[start] ^= 0x20
        case 2: bytes.removeSubrange(start..<end)
        case 3: bytes.insert(contentsOf: bytes[start..<end], at: end)
        case 4: bytes.insert(contentsOf: tokens.randomElement(using: &random)?.utf8 ?? "".utf8, at: start)
        default:
            // A blank between two tokens changes nothing.
            let blanks = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
            bytes.insert(UInt8(ascii: " "), at: blanks.randomElement(using: &random) ?? 0)
        }
        return bytes
    }

    private static let tokens = [
        "null", "true", "1", "-0", "1.5", "1e400", "{}", "[]", "\"\"", ",", "\"x\": 1,", "\\u0041", "\\n", "\\ud800",
        "\\",
        "\u{7F}", "\u{E9}", "\"id\": \"aip_8QzKx0vT2mWb4NcA\",", "99999999999999999999", "01",
    ]
}
