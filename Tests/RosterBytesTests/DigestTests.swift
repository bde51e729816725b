import RosterBytes
import Testing

@Suite("Digests")
struct DigestTests {
    @Test("BLAKE2b gives the published and the independently computed digests")
    func blake2b() {
        // Computed with Python's hashlib, which has its own BLAKE2b.
        let abc = Array("abc".utf8)
        #expect(Digest.blake2b128(of: abc.span).hex == "cf4ab791c62b8d2b2109c90275287816")
        #expect(
            Digest.blake2b256(of: abc.span).hex == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"
        )
        #expect(Digest.blake2b128(of: [UInt8]().span).hex == "cae66941d9efbd404e4d88758ea67670")
        let key = Array(UInt8(0)..<16)
        #expect(Digest.blake2b128(of: abc.span, key: key).hex == "cc611a2673ca66e9f7fc64b995c5467c")
    }

    @Test("SHA-256 gives the published digests, whatever the pieces")
    func sha256() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(Digest.sha256(of: [UInt8]().span).hex == empty)
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(Digest.sha256(of: Array("abc".utf8).span).hex == abc)
        let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        for pieceLength in [1, 63, 64, 65, 1000] {
            var hash = SHA256()
            var left = 1_000_000
            while left > 0 {
                let piece = [UInt8](repeating: UInt8(ascii: "a"), count: min(left, pieceLength))
                hash.update(piece.span)
                left -= piece.count
            }
            #expect(hash.finish().hex == million)
        }
    }

    @Test("Hexadecimal digits are read back only in lower case and in pairs")
    func lowerHex() {
        let bytes = Array(UInt8.min...UInt8.max)
        let text = LowerHex.encode(bytes.span)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
        #expect(LowerHex.decode(Array(text.utf8).span) == bytes)
        for refused in ["0", "0A", "g0", "0 ", "/0", ":0", "`0"] {
            #expect(LowerHex.decode(Array(refused.utf8).span) == nil, "\(refused)")
        }
    }
}
