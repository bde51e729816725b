import RosterBytes
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterPublication

@Suite("Statements")
struct StatementTests {
    @Test("A statement with other members or values is refused with a message that describes the problem")
    func malformed() throws {
        let statement = try Publisher.statement()
        let text = String(decoding: statement.payload, as: UTF8.self)
        let subject = "{\"name\":\"registry.json\",\"digest\":{\"sha256\":\"\(statement.registry.digest.hex)\"}}"
        let cases: [(String, String, String)] = [
            ("Statement/v1", "Statement/v0.1", "\"_type\" of the statement is not \"https://in-toto.io/Statement/v1\""),
            (
                "publication/v1", "publication/v2",
                "\"predicateType\" of the statement is not \"urn:roster:publication/v1\""
            ),
            ("\"serial\"", "\"x\":1,\"serial\"", "the predicate has the unknown member \"x\""),
            ("\"size\":2,", "", "the predicate has no member \"size\""),
            ("\"main\"", "\"a/b\"", "\"channel\" of the predicate is not \(Channel.rule)"),
            ("\"main\"", "null", "\"channel\" of the predicate is not a text"),
            ("1795899518487", "0", "\"serial\" of the predicate is not a whole number from 1 to 9223372036854775807"),
            (
                "1795899518487", "1.5e3",
                "\"serial\" of the predicate is not a whole number from 1 to 9223372036854775807"
            ),
            ("1795899518487", "1e999", "the statement is not valid JSON: the number 1e999 is too large at byte"),
            (
                "1795899518487", "99999999999999999999",
                "the statement is not valid JSON: the number 99999999999999999999 does not fit in 64 bits"
            ),
            (
                "\"size\":2,", "\"size\":-2,",
                "\"size\" of the predicate is not a whole number from 1 to 9007199254740991"
            ),
            (
                "\"issued\":\"2026", "\"issued\":\"+026",
                "\"issued\" of the predicate is not a time such as 2026-11-28T20:58:38Z"
            ),
            (
                "a1a1", "A1A1",
                "\"commit\" of the predicate is not the full id of a commit in lower-case hexadecimal digits"
            ),
            (
                "\"\(String(repeating: "a1", count: 20))\"", "null",
                "\"committedAt\" of the predicate is null, or \"commit\" is, without the other"
            ),
            (
                subject + ",", "",
                "\"subject\" of the statement is not one \"registry.json\" and one \"registry.json.gz\""
            ),
            (
                subject, subject + "," + subject,
                "\"subject\" of the statement is not one \"registry.json\" and one \"registry.json.gz\""
            ),
            (
                "\"sha256\":\"", "\"sha256\":\"0",
                "\"sha256\" of the digest of subject 1 is not 64 lower-case hexadecimal digits"
            ),
            ("\"sha256\":", "\"sha512\":\"\",\"sha256\":", "the digest of subject 1 has the unknown member \"sha512\""),
            ("\"predicate\":", "\"predicate\":[],\"x\":", "the statement has the unknown member \"x\""),
        ]
        for (part, replacement, message) in cases {
            let changed = try replace(text, part, replacement)
            let problem = refusal { _ = try Statement(payload: changed) }
            #expect(problem?.reason == .malformed)
            #expect(problem?.message.hasPrefix(message) == true, "\(problem?.message ?? "accepted"), not \(message)")
        }
    }

    @Test("The order of members and subjects is free")
    func order() throws {
        let statement = try Publisher.statement()
        let commit = try #require(statement.commit)
        let text = """
            {"predicate": {"committedAt": "\(commit.date)", "commit": "\(commit.id)", "compressedSize": 10, "size": 2,
              "expires": "\(statement.expires)", "issued": "\(statement.issued)", "serial": \(statement.serial), "channel": "main"},
             "predicateType": "urn:roster:publication/v1", "_type": "https://in-toto.io/Statement/v1",
             "subject": [{"digest": {"sha256": "\(statement.compressed.digest.hex)"}, "name": "registry.json.gz"},
               {"name": "registry.json", "digest": {"sha256": "\(statement.registry.digest.hex)"}}]}
            """
        #expect(try Statement(payload: Array(text.utf8)) == statement)
    }

    @Test("A new serial is the time, and greater than the preceding one")
    func serials() throws {
        let now = try #require(Serial(at: 5000, after: nil))
        #expect(now.milliseconds == 5000 && now.time == Timestamp(secondsSince1970: 5))
        #expect(Serial(at: 5000, after: now)?.milliseconds == 5001)
        #expect(Serial(at: 6000, after: now)?.milliseconds == 6000)
        #expect(Serial(at: 6000, after: Serial(milliseconds: PublicationLimits.integer)) == nil)
    }

    @Test(
        "A channel can be the tag of an OCI registry",
        arguments: ["", "-a", ".a", "a b", "a/b", "ä", "main-1795899518487", String(repeating: "a", count: 101)]
    )
    func channels(name: String) {
        #expect(Channel(name) == nil)
        #expect(
            Channel(String(repeating: "a", count: 100)) != nil && Channel("_.-9Z") != nil && Channel("main") == .main
        )
        #expect(Channel("release-2026") != nil && Channel("1795899518487") != nil)
    }
}
