import RosterBytes
import Testing

@Suite("Canonical base64")
struct CanonicalBase64Tests {
    @Test("Encodes and decodes the test vectors of RFC 4648")
    func publishedVectors() {
        let vectors = [
            "": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=",
            "foobar": "Zm9vYmFy",
        ]
        for (plain, text) in vectors {
            #expect(CanonicalBase64.encode(Array(plain.utf8).span) == text)
            #expect(decode(text) == Array(plain.utf8))
            #expect(length(text) == plain.utf8.count)
        }
    }

    @Test("Round-trips every length and returns its first 32 bytes")
    func roundTrips() {
        for count in 0...300 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
            let text = CanonicalBase64.encode(bytes.span)
            #expect(text.utf8.count == CanonicalBase64.encodedLength(of: count))
            #expect(decode(text) == bytes)
            #expect(length(text) == count)
            let words = first32Bytes(text)?.words
            guard count >= 32 else {
                #expect(words == nil)
                continue
            }
            for word in 0..<4 {
                let expected = bytes[8 * word..<8 * word + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                #expect(words?[word] == expected)
            }
        }
    }

    @Test("Decodes every character of the alphabet and rejects all others")
    func everyCharacter() {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        for character in UInt8.min...UInt8.max {
            let value = alphabet.firstIndex(of: character)
            let decoded = CanonicalBase64.decode([UInt8(ascii: "A"), character, UInt8(ascii: "A"), 0x41].span)
            #expect(decoded == value.map { [UInt8($0 >> 4), UInt8($0 & 15) << 4, 0] })
        }
    }

    @Test(
        "Rejects text that is not in canonical form",
        arguments: [
            "Zg", "Zg=", "Zg===", "Zm8", "Zm9vYg", "=", "==", "===", "====", "Z===", "Zg==Zg==", "Zm9v\n",
            "Zm9v\nZm9v", "Zm9v\r\nZm8=", " Zm9v", "Zm9v ", "Zh==", "Zm9=", "Zn==", "Zm9vYg=A", "Zm=v", "Z-8=",
            "Z_8=", "Zm9v\0\0\0\0",
        ]
    )
    func rejectsNonCanonical(text: String) {
        #expect(decode(text) == nil)
        #expect(length(text) == nil)
    }

    private func decode(_ text: String) -> [UInt8]? { CanonicalBase64.decode(Array(text.utf8).span) }

    private func length(_ text: String) -> Int? {
        Array(text.utf8).withUnsafeBufferPointer { CanonicalBase64.decodedLength(ofCanonical: $0) }
    }

    private func first32Bytes(_ text: String) -> CanonicalBase64.First32Bytes? {
        Array(text.utf8).withUnsafeBufferPointer { CanonicalBase64.first32Bytes(ofCanonical: $0) }
    }
}
