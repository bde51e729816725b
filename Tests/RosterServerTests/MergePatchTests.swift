import RosterJSON
import RosterModel
import Testing

@testable import RosterServer

@Suite("Merge patches: the examples of RFC 7396, appendix A")
struct MergePatchTests {
    @Test(arguments: [
        ("{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"),
        ("{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}"),
        ("{\"a\":\"b\"}", "{\"a\":null}", "{}"),
        ("{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}"),
        ("{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"),
        ("{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}"),
        ("{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}"),
        ("{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}"),
        ("[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]"),
        ("{\"a\":\"b\"}", "[\"c\"]", "[\"c\"]"),
        ("{\"a\":\"foo\"}", "null", "null"),
        ("{\"a\":\"foo\"}", "\"bar\"", "\"bar\""),
        ("{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}"),
        ("[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}"),
        ("{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}"),
    ])
    func example(_ original: String, _ patch: String, _ result: String) throws {
        let merged = MergePatch.apply(try JSONReader.read(patch), to: try JSONReader.read(original))
        #expect(try merged == JSONReader.read(result))
    }

    @Test func membersKeepTheirPlaces() throws {
        let original = try JSONReader.read("{\"a\":1,\"b\":{\"c\":2,\"d\":3},\"e\":4}")
        let patch = try JSONReader.read("{\"z\":0,\"e\":5,\"b\":{\"c\":null,\"x\":{\"y\":null}},\"a\":null}")
        let result = try JSONReader.read("{\"b\":{\"d\":3,\"x\":{}},\"e\":5,\"z\":0}")
        #expect(MergePatch.apply(patch, to: original) == result)
    }
}
