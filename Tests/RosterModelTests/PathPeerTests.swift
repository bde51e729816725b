import Foundation
import RosterBytes
import RosterTestSupport
import Testing

@testable import RosterModel

/// Requests with random base paths, prefixes and models, as programs resolve them that share no code with Roster.
@Suite("Paths as other programs resolve them")
struct PathPeerTests {
    private static let count = 100_000
    /// The number of rejected cases that the peer resolves to another path, which shows that the test can fail.
    private static let refusedCount = 4_000

    private struct Verdict: Decodable {
        /// Admitted cases that a program resolves to a path outside the prefix.
        var escaped: [[String?]]
        /// The number of rejected cases of this kind.
        var caught: Int
    }

    @Test("No program resolves an admitted request to a path outside its prefix")
    func prefixes() throws {
        let seed = TestSeed.of()
        var random = SeededGenerator(seed: seed)
        var lines: [String] = []
        var (admitted, refused) = (0, 0)
        for _ in 0..<Self.count {
            let request = RandomRequest(&random)
            if let path = request.admittedPath {
                admitted += 1
                lines.append("admitted\t\(request.prefix)\t\(path)\n")
            } else {
                refused += 1
                let path = request.unjudgedPath
                if refused <= Self.refusedCount, path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
                    lines.append("refused\t\(request.prefix)\t\(path)\n")
                }
            }
        }
        #expect(admitted > Self.count / 5 && refused > Self.count / 5, "\(admitted) of seed \(seed)")
        let verdict = try Self.ask(lines)
        #expect(verdict.escaped.isEmpty, "seed \(seed)")
        #expect(verdict.caught > Self.refusedCount / 10, "seed \(seed)")
    }

    private static func ask(_ lines: [String]) throws -> Verdict {
        let cases = FileManager.default.temporaryDirectory.appending(path: "roster-paths-\(UUID().uuidString)")
        try Data(lines.joined().utf8).write(to: cases)
        defer { try? FileManager.default.removeItem(at: cases) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "path_peer.py").path,
        ]
        process.standardInput = try FileHandle(forReadingFrom: cases)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return try JSONDecoder().decode(Verdict.self, from: bytes)
    }
}

/// A provider with a secret that has a path prefix.
private struct RandomRequest {
    var slug: ProviderSlug
    var prefix: String
    var basePath: String
    var model: String

    private static let slugs: [ProviderSlug] = [.google, .bedrock, .gateway, .openai, .azure]

    init(_ random: inout SeededGenerator) {
        slug = Self.slugs[Int(random.next() % 5)]
        // Half of all prefixes are valid.
        let isHostile = random.next() % 2 == 0
        let tenant = Self.segments(1, isHostile && random.next() % 4 == 0, &random)
        prefix = "/tenants/\(tenant)/"
        let rest = Self.segments(Int(random.next() % 3), isHostile, &random)
        // Another spelling of the same path is still inside the prefix.
        let other = random.next() % 4 == 0 ? tenant.replacing("7", with: "%37") : tenant
        basePath = "/tenants/\(other)" + (rest.isEmpty ? "" : "/" + rest)
        model = Self.segments(1 + Int(random.next() % 3), isHostile && random.next() % 2 == 0, &random)
    }

    private static func segments(_ count: Int, _ isHostile: Bool, _ random: inout SeededGenerator) -> String {
        var result = ""
        for number in 0..<count {
            if number > 0 { result += "/" }
            let words = isHostile && random.next() % 2 == 0 ? hostile : plain
            result += words[Int(random.next() % UInt64(words.count))]
            guard isHostile, random.next() % 3 == 0 else { continue }
            result += pieces[Int(random.next() % UInt64(pieces.count))]
            result += pieces[Int(random.next() % UInt64(pieces.count))]
        }
        return result
    }

    private static let plain = [
        "7", "v1", "gemini-2.5-pro", "anthropic.claude-3:0", "org", "models", "a%20b", "%C3%A9", "arn:aws:bedrock",
        "x.y",
        "%41", "~a", "a+b", "%E6%97%A5", "*", "a@b", "..x", "1.0.", "%61..",
    ]

    private static let hostile = [
        "..", ".", "", "...", "..%2f8", "..%2F..%2f8", "%2e%2e", "%2E.", "%252e%252e", "..%252f8", "..;", "..;a=b", ";",
        "..%5c8", "%5C..", "..\\8", "%00..", "..%00", ".%0a.", "..%20", "%20", ".%20.", "%c0%ae%c0%ae", "%c0%af..",
        "%EF%BC%8F..", "%EF%BC%AE%EF%BC%AE%EF%BC%AF8", "%ef%bc%8e%ef%bc%8e", "%E2%80%A5", "..%3b", "..%3f", "%23..",
        "%u002e", "%%32%65", "%2%66", "..%ff", "..%7f", "..%09", "%25", "..%c4%af8",
    ]

    private static let pieces = [
        "%", "2", "f", "F", "e", "E", "5", "c", ".", "..", "/", "\\", ";", "%2", "%5", "0", "%C", "3", " ", "?", "#",
        "a",
        "%2f", "%2e", "%5c", "%25", "%00", "\u{E9}", "\u{FF0F}", "\u{FF2E}", "\t",
    ]

    /// The path of the chat request that Roster would send; nil when it sends none.
    var admittedPath: String? {
        guard let host = try? AllowedHost("127.0.0.1" + prefix),
            let base = try? BaseURL("http://127.0.0.1:8080" + basePath),
            let endpoint = try? Endpoint(slug: slug, baseURL: base, config: nil, model: model)
        else { return nil }
        return endpoint.isAdmitted(by: host) ? endpoint.chat.path : nil
    }

    /// The path of a request without any check.
    var unjudgedPath: String {
        let segment = PercentEncoding.encode(model.utf8)
        switch slug {
        case .google: return basePath + "/v1/models/\(segment):generateContent"
        case .bedrock: return basePath + "/model/\(segment)/converse"
        default: return basePath + "/chat/completions"
        }
    }
}
