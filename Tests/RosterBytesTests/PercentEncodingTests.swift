import RosterBytes
import Testing

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test("Encodes every byte except those that the part of a URL allows", arguments: UInt8.min...UInt8.max)
    func encodesEveryByte(_ byte: UInt8) {
        // RFC 3986, sections 2.3 and 3.3.
        let unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
        let upper = Array("0123456789ABCDEF")
        let escape = "%\(upper[Int(byte >> 4)])\(upper[Int(byte & 15)])"
        for (plain, allowed) in [
            (PercentEncoding.Plain.unreserved, unreserved), (.path, unreserved + "/"),
            (.segment, unreserved + "!$&'()*+,;=:@"),
        ] {
            let isAllowed = allowed.utf8.contains(byte)
            let text = PercentEncoding.encode([byte], except: plain)
            #expect(text == (isAllowed ? String(Unicode.Scalar(byte)) : escape))
            #expect(PercentEncoding.decode(text.utf8) == [byte])
            #expect(PercentEncoding.decodeLeniently(text.utf8) == [byte])
            #expect(PercentEncoding.decode(escape.lowercased().utf8) == [byte])
        }
    }

    @Test("Encodes characters outside ASCII as their UTF-8")
    func encodesUTF8() {
        #expect(PercentEncoding.encode("é/🚀".utf8) == "%C3%A9%2F%F0%9F%9A%80")
        #expect(PercentEncoding.encode([UInt8]()).isEmpty)
    }

    @Test(
        "Rejects a % that is not followed by two hex digits, or keeps it where it is lenient",
        arguments: ["%", "%4", "%4g", "%g4", "%%41", "a%", "%+1", "% 1", "%-1", "%0x", "%é"]
    )
    func rejectsMalformedEscapes(_ text: String) {
        #expect(PercentEncoding.decode(text.utf8) == nil)
        let lenient = PercentEncoding.decodeLeniently(text.utf8)
        #expect(lenient == Array((text == "%%41" ? "%A" : text).utf8))
    }

    @Test("Decodes + as a space in a form-encoded query only")
    func decodesPlus() {
        #expect(PercentEncoding.decode("a+b%2B".utf8) == Array("a+b+".utf8))
        #expect(PercentEncoding.decode("a+b%2B".utf8, plusIsSpace: true) == Array("a b+".utf8))
    }

    @Test("Decodes two hex digits in either case and nothing else")
    func decodesDigits() {
        for high in UInt8.min...UInt8.max {
            for low in UInt8.min...UInt8.max {
                // `UInt8(_:radix:)` also accepts a sign.
                let isPair = Character(Unicode.Scalar(high)).isHexDigit && Character(Unicode.Scalar(low)).isHexDigit
                let expected = isPair ? UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16) : nil
                if PercentEncoding.value(ofDigits: [high, low]) != expected { Issue.record("\(high) \(low)") }
            }
        }
        #expect(PercentEncoding.value(ofDigits: Array("4".utf8)) == nil)
        #expect(PercentEncoding.value(ofDigits: Array("414".utf8)) == nil)
    }
}
