import Foundation
import RosterJSON
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterRuntime

/// Excerpts of answers of any size.
@Suite("Excerpts of answers")
struct AnswerExcerptTests {
    private static let key = TestProvider.key

    private func prefix(_ text: String, _ length: Int, key: String = key) throws -> String {
        try KeyEraser(.key(try SignatureVectorTests.secret(key))).erasedPrefix(of: text, length: length)
    }

    @Test("Cuts only long texts, between scalars")
    func lengths() throws {
        #expect(try prefix("", 5) == "" && prefix("abcde", 5) == "abcde" && prefix("abcdef", 5) == "abcd…")
        let long = String(repeating: "a", count: 1_000_000)
        #expect(try prefix(long, 500) == String(repeating: "a", count: 499) + "…")
        for character in ["é", "\u{1F600}", "e\u{301}", "\u{1F468}\u{200D}\u{1F469}"] {
            let text = try prefix(String(repeating: character, count: 100_000), 500)
            #expect(text.unicodeScalars.count == 500 && text.hasSuffix("…"), "\(character)")
            #expect(!text.contains("\u{FFFD}"), "\(character)")
        }
        // One character of a million scalars.
        #expect(try prefix("e" + String(repeating: "\u{301}", count: 1_000_000), 500).unicodeScalars.count == 500)
        #expect(try KeyEraser(.none).erasedPrefix(of: long, length: 10) == "aaaaaaaaa…")
    }

    @Test(
        "No part of a key that the cut goes through is left",
        arguments: ["plain", "base64", "hex", "percent", "escaped"]
    )
    func straddling(spelling: String) throws {
        let bytes = Array(Self.key.utf8)
        let spelled =
            switch spelling {
            case "base64": Data(bytes).base64EncodedString()
            case "hex": bytes.map { String(format: "%02x", $0) }.joined()
            case "percent": bytes.map { String(format: "%%%02X", $0) }.joined()
            case "escaped": Data(bytes).base64EncodedString().utf8.map { String(format: "\\u%04x", $0) }.joined()
            default: Self.key
            }
        let tail = String(repeating: "~", count: 400)
        for length in [60, 100] {
            for offset in stride(from: max(0, 4 * length - spelled.utf8.count - 8), to: 4 * length + 8, by: 3) {
                // What precedes the key is erased as well, so that the cut of the bytes is the one that is seen.
                for lead in ["~", "\u{1F600}", Self.key] {
                    let bytes = String(repeating: lead, count: offset).utf8.prefix(offset - offset % 4)
                    let text = String(decoding: bytes, as: UTF8.self)
                    let shown = try prefix(text + spelled + tail, length)
                    let eraser = try KeyEraser(.key(try SignatureVectorTests.secret(Self.key)))
                    let whole = eraser.erase(text + spelled + tail)
                    #expect(shown.unicodeScalars.count <= length && shown.hasSuffix("…"))
                    let isBeginning = whole.unicodeScalars.starts(with: shown.unicodeScalars.dropLast())
                    #expect(isBeginning, "\(spelling) at \(offset): \(shown.suffix(80))")
                }
            }
        }
    }

    @Test("Removes a key that is shorter than a run at the cut")
    func shortKeys() throws {
        for offset in 380...404 {
            let text = String(repeating: "~", count: offset) + "hunter2" + String(repeating: "~", count: 1_000)
            let shown = try prefix(String(repeating: "hunter2", count: offset / 7) + text, 100, key: "hunter2")
            #expect(!shown.contains("hunt"), "\(offset)")
        }
    }

    private func answer(_ body: String, status: Int = 200) -> ProviderAnswer {
        ProviderAnswer(status: status, headers: [("Location", body)], body: Array(body.utf8))
    }

    private static let megabytes = String(repeating: "x", count: 2 << 20)

    @Test("Shows a line of megabytes without a line break quickly", arguments: TestProvider.slugs)
    func large(slug: ProviderSlug) throws {
        let endpoint = try TestProvider.endpoint(slug)
        let text = "\"\(Self.megabytes)\""
        let chats: [ProviderSlug: String] = [
            .anthropic: "{\"content\": [{\"text\": \(text)}]}",
            .google: "{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \(text)}]}}]}",
            .ollama: "{\"message\": {\"content\": \(text)}}",
            .bedrock: "{\"output\": {\"message\": {\"content\": [{\"text\": \(text)}]}}}",
        ]
        let chat = chats[slug] ?? "{\"choices\": [{\"message\": {\"content\": \(text)}}]}"
        let parsing = try ThreadTime.measure { _ = try JSONReader.read(utf8: Array(chat.utf8)) }
        let answer = answer(chat)
        var excerpt = ""
        let time = try ThreadTime.measure { excerpt = try endpoint.chatExcerpt(in: answer) }
        #expect(excerpt.unicodeScalars.count == 2_000 && excerpt.hasPrefix("xxx"))
        // Little more than reading the JSON takes, which no cut can save; a search of the whole takes ten times that.
        #expect(time < parsing * 3 + .milliseconds(500), "\(time), \(parsing)")
    }

    @Test("Shows a line of a large error", arguments: [400, 302, 500])
    func largeErrors(status: Int) throws {
        let endpoint = try TestProvider.endpoint()
        for body in [Self.megabytes, "{\"error\": {\"message\": \"\(Self.megabytes)\"}}", "\n  \n" + Self.megabytes] {
            let found = endpoint.failure(in: answer(body, status: status))
            let failure = try #require(found)
            #expect(failure.message.unicodeScalars.count < 700 && failure.message.contains("xxx…"))
        }
        let lines = endpoint.failure(in: answer("a\nb\r\n  c " + Self.key, status: 400))
        #expect(lines?.message.hasSuffix("answered 400: a b c [redacted]") == true)
    }

    @Test("A list of models has short texts, and is refused when it is larger than any real one")
    func models() throws {
        let endpoint = try TestProvider.endpoint()
        let page = try endpoint.models(in: answer("{\"data\": [{\"id\": \"\(Self.megabytes)\", \"name\": \"n\"}]}"))
        #expect(page.models.map(\.id) == [String(repeating: "x", count: 499) + "…"])
        #expect(page.models.map(\.displayName) == ["n"])
        func list(_ count: Int, _ more: String = "") -> ProviderAnswer {
            let models = (0..<count).map { "{\"id\": \"m\($0)\"\(more)}" }.joined(separator: ",")
            return answer("{\"data\": [\(models)]}")
        }
        let real = try endpoint.models(in: list(3_000))
        #expect(real.models.count == 3_000)
        #expect(Self.code(endpoint, list(10_001)) == .tooLarge)
        let wide = String(repeating: "y", count: 1_000)
        #expect(Self.code(endpoint, list(1_100, ", \"name\": \"\(wide)\"")) == .tooLarge)
        let next = answer("{\"data\": [], \"has_more\": true, \"last_id\": \"\(Self.megabytes)\"}")
        #expect(Self.code(endpoint, next) == .malformedAnswer)
    }

    private static func code(_ endpoint: borrowing OpenEndpoint, _ answer: ProviderAnswer) -> ProviderFailure.Code? {
        do {
            _ = try endpoint.models(in: answer)
            return nil
        } catch { return error.code }
    }
}
