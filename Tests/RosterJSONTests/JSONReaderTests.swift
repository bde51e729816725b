import RosterJSON
import Testing

@Suite("JSON")
struct JSONReaderTests {
    @Test(
        "Parses valid JSON",
        arguments: [
            ("null", .null), (" true ", .boolean(true)), ("-0", .integer(0)), ("9223372036854775807", .integer(.max)),
            ("1.5", .float(1.5)), ("1e3", .float(1000)), ("-2.5E-1", .float(-0.25)), ("\"\"", .string("")),
            ("\"a\\n\\u00e9\\/\\ud83d\\ude80\"", .string("a\né/🚀")), ("[]", .array([])), ("{ }", .object(JSONObject())),
            ("[1,[2]]", .array([.integer(1), .array([.integer(2)])])),
        ] as [(String, JSONValue)]
    )
    func parsesValid(text: String, value: JSONValue) throws { #expect(try JSONReader.read(text) == value) }

    @Test("Keeps the order of members")
    func order() throws {
        let object = try #require(try JSONReader.read("{\"b\": 1, \"a\": {\"c\": []}}").object)
        #expect(object.members.map(\.name) == ["b", "a"])
    }

    @Test("Finds a duplicate name among many in linear time")
    func manyNames() throws {
        func text(_ names: [Int]) -> String { "{" + names.map { "\"n\($0)\":1" }.joined(separator: ",") + "}" }
        let names = Array(0..<50_000)
        #expect(try JSONReader.read(text(names)).object?.members.count == names.count)
        for twice in [0, 15, 16, 49_999] {
            #expect(throws: JSONReader.Problem.self) { try JSONReader.read(text(names + [twice])) }
        }
        // One character and two that look the same are two names.
        let members = (names.prefix(20).map { "\"n\($0)\":1" } + ["\"\u{e9}\":1", "\"e\u{301}\":1"])
        #expect(try JSONReader.read("{" + members.joined(separator: ",") + "}").object?.members.count == 22)
    }

    @Test(
        "Rejects invalid JSON",
        arguments: [
            "", "nul", "01", "1.", ".5", "+1", "1e", "1e999", "9223372036854775808", "'a'", "\"", "\"\u{1}\"",
            "\"\\x\"",
            "\"\\ud83d\"", "\"\\udc00\"", "[1,]", "[1 2]", "{a: 1}", "{\"a\" 1}", "{\"a\": 1,}", "{\"a\": 1, \"a\": 1}",
            "1 2", "NaN", String(repeating: "[", count: 100),
        ]
    )
    func rejectsInvalid(text: String) { #expect(throws: JSONReader.Problem.self) { try JSONReader.read(text) } }
}
