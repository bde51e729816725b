import NIOCore
import RosterHTTPClient
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterRuntime

/// Numbers and dates of a peer that no honest one sends.
@Suite("Hostile numbers and dates of a provider")
struct HostileAnswerTests {
    private static let now = Timestamp(secondsSince1970: 1_800_000_000)

    private func delay(_ text: String, status: Int = 503, now: Timestamp = now) -> Duration? {
        RetryAfter.delay(of: ProviderAnswer(status: status, headers: [("Retry-After", text)], body: []), now: now)
    }

    @Test("A wait of at most a day counts")
    func waits() {
        #expect(delay("0") == .zero && delay("00086400") == .seconds(86_400) && delay("1") == .seconds(1))
        #expect(delay("Fri, 15 Jan 2027 08:00:10 GMT") == .seconds(10))
        #expect(delay("Sat, 16 Jan 2027 08:00:00 GMT") == .seconds(86_400))
        // A moment that is past.
        #expect(delay("Sun, 06 Nov 1994 08:49:37 GMT") == .zero && delay("Mon, 01 Jan 0000 00:00:00 GMT") == .zero)
    }

    @Test(
        "Any other is as good as none",
        arguments: [
            "86401", "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "-1", "+1", "1.5",
            "1e3",
            "0x10", "", " ", "soon", "١", "Sat, 16 Jan 2027 08:00:01 GMT", "Fri, 31 Dec 9999 23:59:59 GMT",
            "Fri, 31 Dec 99999 23:59:59 GMT", "Fri, 31 Dec -001 23:59:59 GMT", "Fri, 30 Feb 2027 23:59:59 GMT",
            "Fri, 15 Jan 2027 24:00:00 GMT", "Fri, 15 Jan 2027 08:60:00 GMT", "Fri, 15 Jan 2027 08:00:60 GMT",
            "Fri, 15 Jan 2027 08:00:10 UTC", "Fri, 15 January 2027 08:00:10 GMT", "Fri, 15 Jan 2027 08:00:10",
            "Friday, 15-Jan-27 08:00:10 GMT", "Fri Jan 15 08:00:10 2027", "a b c d e GMT", "a b Jan é f GMT",
            String(repeating: "9", count: 100_000), String(repeating: "x ", count: 50_000) + "GMT",
        ]
    )
    func none(text: String) { #expect(delay(text) == nil) }

    @Test("The clock of this machine may be wrong too")
    func clocks() {
        for seconds in [Int64.min, .min + 1, -62_167_219_200, -1, 0, .max - 1, .max] {
            let wait = delay("Fri, 31 Dec 9999 23:59:59 GMT", now: Timestamp(secondsSince1970: seconds))
            #expect(wait == nil || wait == .zero, "\(seconds)")
        }
    }

    @Test("A duration of any length is an amount of time")
    func durations() {
        #expect(
            TimeAmount(clamping: .seconds(10)) == .seconds(10)
                && TimeAmount(clamping: .milliseconds(1)) == .milliseconds(1)
        )
        for duration in [Duration.seconds(Int64.max), .seconds(1e18)] {
            #expect(TimeAmount(clamping: duration) == .seconds(366 * 86_400))
        }
        #expect(TimeAmount(clamping: Duration(secondsComponent: .min, attosecondsComponent: 0)) == .zero)
        #expect(NIODeadline.now() + TimeAmount(clamping: .seconds(Int64.max)) > .now())
    }

    private static let ok = "HTTP/1.1 200 OK\r\n"

    /// Fields with a number that no honest peer sends.
    private static let fields = [
        "Content-Length: -1", "Content-Length: 18446744073709551615", "Content-Length: 18446744073709551616",
        "Content-Length: 9223372036854775808", "Content-Length: 99999999999999999999999", "Content-Length: 0x10",
        "Content-Length: 1\r\nContent-Length: 2", "Content-Length: 2, 2", "Content-Length:", "Content-Length: 2.0",
        "Content-Length: 2\r\nContent-Encoding: gzip", "Age: 99999999999999999999",
        "Date: Fri, 31 Dec 9999 23:59:59 GMT", "Retry-After: 99999999999999999999",
        "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT",
    ]
    private static let chunkSizes = [
        "ffffffffffffffff", "10000000000000000", "7fffffffffffffff", "8000000000000000", "-1", "0x2", "", "2;a=b", "g",
    ]
    private static let statuses = [
        "0", "00", "000", "099", "100", "101", "199", "204", "304", "600", "999", "1000", "99999", "-200", "2OO", "",
        "18446744073709551816",
    ]
    private static let versions = [
        "HTTP/0.9", "HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/9.9", "HTTP/99.99", "HTTP/-1.1", "ICY", "",
    ]

    /// An answer with each of them.
    private static let answers: [String] = {
        var answers: [String] = []
        for field in fields { answers.append(ok + field + "\r\n\r\n{}") }
        for size in chunkSizes {
            answers.append(ok + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n{}\r\n0\r\n\r\n")
        }
        for status in statuses { answers.append("HTTP/1.1 \(status) OK\r\nContent-Length: 2\r\n\r\n{}") }
        for version in versions { answers.append("\(version) 200 OK\r\nContent-Length: 2\r\n\r\n{}") }
        return answers
    }()

    private func client(proxy: UInt16? = nil) throws -> ProviderClient {
        var limits = ClientLimits()
        (limits.connect, limits.total, limits.answerBytes) = (.seconds(300), .seconds(300), 1 << 16)
        return try ProviderClient(
            limits: limits,
            resolver: NameResolver { _ in nil },
            environment: { name in name == "HTTPS_PROXY" ? proxy.map { "127.0.0.1:\($0)" } : nil }
        )
    }

    private func request(_ origin: Origin) -> ProviderRequest {
        ProviderRequest(method: "GET", origin: origin, target: "/v1", headers: [], body: [])
    }

    /// Sends a request to a server with an answer.
    private func result(of answer: String) async throws -> Result<ProviderAnswer, ProviderFailure> {
        let peer = try await TLSPeer(nil, answer: answer)
        let origin = Origin(scheme: .http, host: .ipv4(IPv4Address(value: 0x7F00_0001)), port: peer.port)
        let client = try client()
        do { return .success(try await client.send(request(origin))) } catch { return .failure(error) }
    }

    private static let codes: [ProviderFailure.Code] = [.connection, .malformedAnswer, .tooLarge]

    @Test("An answer with hostile numbers is read or refused without a crash")
    func wire() async throws {
        var read = 0
        let refusals = ["503", "429"].flatMap { status in Self.answers.map { $0.replacing("200", with: status) } }
        for answer in Self.answers + refusals {
            switch try await result(of: answer) {
            case .success: read += 1
            case .failure(let failure): #expect(Self.codes.contains(failure.code), "\(answer) \(failure)")
            }
        }
        #expect(read > 20)
    }

    @Test("An answer of random bytes is read or refused without a crash")
    func randomWire() async throws {
        let seed = TestSeed.of()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            var bytes = Array((Self.answers.randomElement(using: &random) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[position] = UInt8.random(in: 0..<128, using: &random)
                case 1: bytes.remove(at: position)
                default: bytes.insert(contentsOf: Array(bytes[position...].prefix(20)), at: position)
                }
            }
            switch try await result(of: String(decoding: bytes, as: UTF8.self)) {
            case .success(let answer): #expect(answer.body.count <= 1 << 16, "seed \(seed)")
            case .failure(let failure): #expect(Self.codes.contains(failure.code), "seed \(seed): \(failure)")
            }
        }
    }

    @Test("A proxy with such an answer is refused without a crash")
    func proxies() async throws {
        let origin = Origin(scheme: .https, host: .name("llm.example.com"), port: 443)
        for answer in Self.answers + ["", "\u{16}\u{3}\u{1}", Self.ok + "\r\n", Self.ok + "\r\n" + Self.ok + "\r\n"] {
            let peer = try await TLSPeer(nil, answer: answer)
            let client = try client(proxy: peer.port)
            let start = ContinuousClock.now
            await #expect(throws: ProviderFailure.self, "\(answer)") { try await client.send(request(origin)) }
            // A sanitizer and the other tests slow it tenfold.
            #expect(ContinuousClock.now - start < .seconds(150), "\(answer)")
        }
    }

    @Test(
        "A body with hostile numbers and texts is read or refused with a bounded message",
        arguments: TestProvider.slugs
    )
    func bodies(slug: ProviderSlug) throws {
        let seed = TestSeed.of()
        var random = SeededGenerator(seed: seed)
        let endpoint = try TestProvider.endpoint(slug)
        for _ in 0..<400 {
            let status = [200, 200, 301, 400, 429, 503, 0, -1, .max, .min].randomElement(using: &random) ?? 200
            let answer = ProviderAnswer(
                status: status,
                headers: [("Retry-After", Self.value(0, &random)), ("Location", Self.value(0, &random))],
                body: Array(Self.value(0, &random).utf8)
            )
            #expect((RetryAfter.delay(of: answer) ?? .zero) <= .seconds(86_400), "seed \(seed)")
            if let failure = endpoint.failure(in: answer) { #expect(failure.message.unicodeScalars.count < 800) }
            _ = try? endpoint.chatText(in: answer)
            if let text = try? endpoint.chatExcerpt(in: answer) { #expect(text.unicodeScalars.count <= 2_000) }
            if let page = try? endpoint.models(in: answer) {
                #expect(page.models.allSatisfy { $0.id.unicodeScalars.count <= 500 }, "seed \(seed)")
            }
        }
    }

    /// A value as JSON, of the members that answers have.
    private static func value(_ depth: Int, _ random: inout SeededGenerator) -> String {
        let numbers = [
            "0", "-1", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e308", "1e999", "-0",
            "1.5",
            "NaN", "00", "99999999999999999999999999999999",
        ]
        let names = [
            "choices", "message", "content", "candidates", "parts", "text", "data", "models", "modelSummaries", "id",
            "name",
            "modelId", "error", "Message", "detail", "has_more", "last_id", "nextPageToken", "nextToken", "usage",
            "active",
        ]
        switch Int.random(in: depth > 6 ? 4..<9 : 0..<9, using: &random) {
        case 0, 1, 2:
            let members = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                "\"\(names.randomElement(using: &random) ?? "")\": \(value(depth + 1, &random))"
            }
            return "{" + members.joined(separator: ",") + "}"
        case 3:
            return "["
                + (0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth + 1, &random) }.joined(
                    separator: ","
                ) + "]"
        case 4: return numbers.randomElement(using: &random) ?? "0"
        case 5: return ["true", "false", "null", ""].randomElement(using: &random) ?? "null"
        case 6:
            return "\""
                + String(
                    repeating: ["x", "\\n", "\\u0301", "é", "\\ud800"].randomElement(using: &random) ?? "",
                    count: 3_000
                ) + "\""
        default: return "\"\(TestProvider.key) \(numbers.randomElement(using: &random) ?? "")\""
        }
    }
}
