import RosterModel
import Testing

@testable import RosterCatalogue

/// Files that are not what they should be: each is refused with the position of what is wrong.
@Suite("Hostile files of models")
struct HostileFileTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var feed = ModelFeed.merge
        var text: String
        var message: String
        var place: String

        var testDescription: String { String(text.prefix(60)) }
    }

    private static func own(_ models: String, built: String = "2026-11-01") -> String {
        "{\"catalogue\": 1, \"built\": \"\(built)\",\n\"models\": [\(models)]}"
    }

    private static func model(_ members: String) -> String {
        own("\n{\"provider\": \"openai\", \"model\": \"m\", \(members)}")
    }

    static let cases: [Case] = [
        Case(text: "", message: "the catalogue is not an object", place: "1:1"),
        Case(text: "[]", message: "the catalogue is not an object", place: "1:1"),
        Case(text: "{}", message: "the catalogue has no \"catalogue\"", place: "1:1"),
        Case(text: own("") + "x", message: "expected the end of the file", place: "2:14"),
        Case(
            text: own("", built: "2026-02-30"),
            message: "\"built\" is \"2026-02-30\", which is not a date",
            place: "1:27"
        ),
        Case(text: "{\"catalogue\": 2}", message: "\"catalogue\" is not 1", place: "1:15"),
        Case(
            text: "{\"catalogue\": 1, \"catalogue\": 1}",
            message: "the name \"catalogue\" appears twice",
            place: "1:18"
        ),
        Case(text: "{\"x\": 1}", message: "a catalogue has no member \"x\"", place: "1:2"),
        Case(
            text: model("\"retires\": \"soon\""),
            message: "\"retires\" is \"soon\", which is not a date",
            place: "3:49"
        ),
        Case(text: model("\"retires\": 20270114"), message: "\"retires\" is not a text", place: "3:49"),
        Case(text: model("\"retires\": \"2027-13-01\""), message: "which is not a date", place: "3:49"),
        Case(text: model("\"retires\": \"0000-01-01\""), message: "which is not a date", place: "3:49"),
        Case(text: model("\"context\": -1"), message: "\"context\" is not a number of tokens", place: "3:49"),
        Case(text: model("\"context\": 1.5"), message: "\"context\" is not a number of tokens", place: "3:49"),
        Case(text: model("\"context\": 1e99"), message: "\"context\" is not a number of tokens", place: "3:49"),
        Case(text: model("\"kind\": \"text\""), message: "\"kind\" is not one of chat, embedding", place: "3:46"),
        Case(
            text: model("\"price\": {\"input\": \"-0.5\", \"output\": \"1\"}"),
            message: "\"input\" is negative",
            place: "3:57"
        ),
        Case(
            text: model("\"price\": {\"input\": 0.5, \"output\": \"1\"}"),
            message: "\"input\" is not a text",
            place: "3:57"
        ),
        Case(
            text: model("\"price\": {\"input\": \"1e\", \"output\": \"1\"}"),
            message: "\"input\" is not an amount",
            place: "3:57"
        ),
        Case(
            text: model("\"price\": {\"input\": \"1\"}"),
            message: "the price has no \"input\" or no \"output\"",
            place: "3:47"
        ),
        Case(text: model("\"price\": {\"per\": \"1K\"}"), message: "\"per\" is not 1M", place: "3:55"),
        Case(
            text: model("\"price\": {\"currency\": \"usd\"}"),
            message: "\"currency\" is not three letters",
            place: "3:60"
        ),
        Case(text: model("\"successors\": [\"a b\"]"), message: "is not the name of a model", place: "3:53"),
        Case(text: model("\"sources\": [{\"name\": \"x\"}]"), message: "the source has no \"seen\"", place: "3:50"),
        Case(
            text: model(
                "\"sources\": ["
                    + Array(repeating: "{\"name\": \"x\", \"seen\": \"2026-01-01\"}", count: 17).joined(separator: ",")
                    + "]"
            ),
            message: "a model has more than 16 sources",
            place: "3:626"
        ),
        Case(text: model("\"owner\": 1"), message: "a model has no member \"owner\"", place: "3:38"),
        Case(
            text: own("{\"provider\": \"opena\", \"model\": \"m\"}"),
            message: "which is not a provider: openai",
            place: "2:25"
        ),
        Case(text: own("{\"provider\": \"openai\"}"), message: "the model has no \"model\"", place: "2:12"),
        Case(
            text: own("{\"provider\": \"openai\", \"model\": \"\"}"),
            message: "is not the name of a model",
            place: "2:44"
        ),
        Case(
            text: own("{\"provider\": \"openai\", \"model\": \"a\\u0000\"}"),
            message: "is not the name of a model",
            place: "2:44"
        ),
        Case(
            text: own(
                "{\"provider\": \"openai\", \"model\": \"m\"},\n{\"provider\": \"openai\", \"model\": \"\\u006d\"}"
            ),
            message: "openai has \"m\" twice",
            place: "3:1"
        ),
        Case(text: String(repeating: "[", count: 100_000), message: "the catalogue is not an object", place: "1:1"),
        Case(
            text: "{\"x\"" + String(repeating: ":{\"x\"", count: 1_000_000),
            message: "a catalogue has no member \"x\"",
            place: "1:2"
        ),
        Case(
            feed: .litellm,
            text: "{\"a\": {\"b\": " + String(repeating: "[", count: 1_000_000),
            message: "nested more than 64 deep",
            place: "1:76"
        ),
        Case(
            feed: .litellm,
            text: "{\"m\": {\"litellm_provider\": \"openai\", \"input_cost_per_token\": -1e-06}}",
            message: "\"input_cost_per_token\" is negative",
            place: "1:62"
        ),
        Case(
            feed: .litellm,
            text: "{\"m\": {\"litellm_provider\": \"openai\", \"deprecation_date\": \"2027\"}}",
            message: "\"deprecation_date\" is \"2027\", which is not a date",
            place: "1:58"
        ),
        Case(feed: .litellm, text: "{\"m\": {}, \"m\": {}}", message: "the name \"m\" appears twice", place: "1:11"),
        Case(feed: .litellm, text: "{}", message: "the file has no model of a provider that Roster knows", place: ""),
        Case(feed: .litellm, text: "{\"m\": 1}", message: "a model is not an object", place: "1:7"),
        Case(feed: .deprecations, text: "[{\"provider\": \"OpenAI\"}]", message: "no \"model_id\"", place: "1:2"),
        Case(
            feed: .deprecations,
            text: "[{\"provider\": \"X\", \"model_id\": \"m\"},\n{\"provider\": \"X\", \"model_id\": \"m\"}]",
            message: "X has \"m\" twice",
            place: "2:1"
        ),
        Case(
            feed: .deprecations,
            text: "[{\"shutdown_date\": \"2027-02-29\"}]",
            message: "which is not a date",
            place: "1:20"
        ),
        Case(
            feed: .modelsDev,
            text: "{\"openai\": {\"models\": {\"m\": {\"cost\": {\"input\": -1}}}}}",
            message: "\"input\" is negative",
            place: "1:48"
        ),
        Case(feed: .modelsDev, text: "{\"a\": \"\\q\"}", message: "it is not an escape of JSON", place: "1:8"),
        Case(feed: .modelsDev, text: "{\"a\": \"\\ud800\"}", message: "half of a surrogate pair", place: "1:8"),
        Case(feed: .modelsDev, text: "{\"a\": \"b\nc\"}", message: "a control character must be escaped", place: "1:9"),
        Case(feed: .modelsDev, text: "{\"a\": nul}", message: "is not a number", place: "1:7"),
        Case(feed: .modelsDev, text: "{\"a\": 01}", message: "is not a number", place: "1:7"),
        Case(feed: .modelsDev, text: "{\"ä\": {\"b\": 1,}}", message: "a name is not a text", place: "1:15"),
        Case(feed: .modelsDev, text: "{\"a\": [1 2]}", message: "expected \",\" or \"]\"", place: "1:10"),
        Case(feed: .modelsDev, text: "{\"a\": \"", message: "expected the closing quote", place: "1:8"),
    ]

    @Test("A mistake is refused at its position", arguments: cases)
    func refuses(_ hostile: Case) throws {
        var draft = CatalogueDraft(built: CalendarDate(daysSince1970: 20_786))
        let bytes = Array(hostile.text.utf8)
        do {
            try hostile.feed.read(bytes, into: &draft)
            Issue.record("accepted \(draft.entries)")
        } catch {
            let (line, column) = error.position(in: bytes)
            let place = error.place.isEmpty && hostile.place.isEmpty ? "" : "\(line):\(column)"
            #expect(error.message.contains(hostile.message), "\(error.message)")
            #expect(place == hostile.place, "\(error.message)")
        }
        #expect(draft.isEmpty)
    }

    @Test func refusesWhatIsNotUTF8() {
        var draft = CatalogueDraft(built: CalendarDate(daysSince1970: 0))
        #expect(throws: CatalogueProblem("the file is not UTF-8", at: 2..<3)) {
            try ModelFeed.modelsDev.read([0x7B, 0x22, 0xFF, 0x22, 0x7D], into: &draft)
        }
    }

    @Test func refusesMoreThanAMillionValues() {
        var draft = CatalogueDraft(built: CalendarDate(daysSince1970: 0))
        let bytes = Array(("{\"m\": {\"a\": [0" + String(repeating: ",0", count: 1_000_000)).utf8)
        #expect(throws: CatalogueProblem("the file has more than 1000000 values", at: 2_000_009..<2_000_010)) {
            try ModelFeed.litellm.read(bytes, into: &draft)
        }
    }

    @Test func refusesMoreThan64MiB() {
        var draft = CatalogueDraft(built: CalendarDate(daysSince1970: 0))
        let bytes = [UInt8](repeating: 0x20, count: CatalogueReader.sizeLimit + 1)
        #expect(throws: CatalogueProblem("the file has more than 64 MiB", at: 0..<0)) {
            try ModelFeed.litellm.read(bytes, into: &draft)
        }
    }
}
