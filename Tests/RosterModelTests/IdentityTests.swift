import RosterModel
import Testing

@Suite("Handles, ids and dates")
struct IdentityTests {
    @Test("A handle is a-z, 0-9 and inner hyphens, 1 to 63 of them")
    func handles() {
        for text in ["a", "0", "gpt-4o", "a--b", "a-0", String(repeating: "a", count: 63)] {
            #expect(Handle(text) != nil, "\(text)")
        }
        for text in [
            "", "-a", "a-", "-", "A", "a_b", "a.b", "a b", "ä", "a/b", "a\n", String(repeating: "a", count: 64),
        ] {
            #expect(Handle(text) == nil, "\(text)")
        }
    }

    @Test("Appends an id only to a span that has room for it")
    func appendsIDsWithRoom() throws {
        let id = try #require(ProviderID("aip_8QzKx0vT2mWb4NcR"))
        for room in [0, 19, 20, 21] {
            var bytes: [UInt8] = []
            bytes.append(addingCapacity: room) { id.append(to: &$0) }
            #expect(String(decoding: bytes, as: UTF8.self) == (room < 20 ? "" : id.description))
        }
    }

    @Test("An id is its prefix and 16 letters and digits")
    func ids() {
        #expect(ProviderID("aip_8QzKx0vT2mWb4NcR")?.description == "aip_8QzKx0vT2mWb4NcR")
        #expect(SecretID("sec_0000000000000000") != nil)
        #expect(ProjectID("proj_zzzzzzzzzzzzzzzz") != nil)
        #expect(TokenID("key_ABCDEFGHIJKLMNOP") != nil)
        for text in [
            "", "aip_", "aip_8QzKx0vT2mWb4Nc", "aip_8QzKx0vT2mWb4NcRR", "aip-8QzKx0vT2mWb4NcR", "AIP_8QzKx0vT2mWb4NcR",
            "sec_8QzKx0vT2mWb4NcR", "aip_8QzKx0vT2mWb4Nc-", "aip_8QzKx0vT2mWb4Ncé", " aip_8QzKx0vT2mWb4NcR",
        ] { #expect(ProviderID(text) == nil, "\(text)") }
    }

    @Test("Rejects an id with another byte than a letter or digit at any position", arguments: 0..<16)
    func bytesOfIDs(position: Int) {
        for byte in UInt8.min...UInt8.max {
            var body = Array(repeating: UInt8(ascii: "a"), count: 16)
            body[position] = byte
            let isID = (Array("aip_".utf8) + body).withUnsafeBufferPointer { ProviderID(utf8: $0) } != nil
            let isExpected = byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || byte &- 0x30 < 10)
            #expect(isID == isExpected, "byte \(byte)")
        }
    }

    @Test("Ids are ordered as their text is, and equal only to themselves")
    func order() throws {
        let texts = ["aip_0000000000000000", "aip_000000000000000A", "aip_Z000000000000000", "aip_a000000000000000"]
        let ids = try texts.map { try #require(ProviderID($0)) }
        #expect(ids.sorted().map(\.description) == texts)
        #expect(Set(ids).count == 4)
    }

    @Test("A date is a day that there is")
    func dates() {
        for text in ["2026-11-24", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"] {
            #expect(CalendarDate(text)?.description == text)
        }
        for text in [
            "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-01 ", "",
            "２026-01-01",
        ] {
            #expect(CalendarDate(text) == nil, "\(text)")
        }
        #expect(CalendarDate(daysSince1970: 0).description == "1970-01-01")
    }

    @Test("A timestamp is UTC in whole seconds")
    func timestamps() {
        #expect(Timestamp(secondsSince1970: 0).description == "1970-01-01T00:00:00Z")
        #expect(Timestamp(secondsSince1970: 1_700_000_000).description == "2023-11-14T22:13:20Z")
        #expect(Timestamp(secondsSince1970: 253_402_300_799).description == "9999-12-31T23:59:59Z")
        #expect(Timestamp(secondsSince1970: -1).description == "1969-12-31T23:59:59Z")
        #expect(Timestamp(secondsSince1970: 253_402_300_800).description == "10000-01-01T00:00:00Z")
        // A file system can report any time, and the buffer has room for all of them.
        for seconds in [Int64.min, -62_167_219_201, .max] {
            let text = Timestamp(secondsSince1970: seconds).description
            #expect(text.hasSuffix("Z") && text.utf8.count <= Timestamp.maximumLength, "\(text)")
        }
    }

    @Test("There are ten slugs, by these names")
    func slugs() {
        #expect(
            ProviderSlug.allCases.map(\.rawValue) == [
                "openai", "anthropic", "google", "xai", "groq", "ollama", "azure", "bedrock", "gateway", "custom",
            ]
        )
    }
}
