@testable import RosterBytes
import Testing

@Suite("Digests")
struct DigestTests {
    @Test("BLAKE2b returns digests that another implementation computed")
    func blake2b() {
        // Computed with the BLAKE2b of Python's hashlib.
        let abc = Array("abc".utf8)
        #expect(Digest.blake2b128(of: abc.span).hex == "cf4ab791c62b8d2b2109c90275287816")
        #expect(
            Digest.blake2b256(of: abc.span).hex == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"
        )
        #expect(Digest.blake2b128(of: [UInt8]().span).hex == "cae66941d9efbd404e4d88758ea67670")
    }

    @Test("SHA-256 returns the published digests for pieces of any length", arguments: [true, false])
    func sha256(usingInstructions: Bool) {
        func digest(of pieces: [[UInt8]]) -> String {
            var hash = SHA256(usingInstructions: usingInstructions)
            for piece in pieces { hash.update(piece.span) }
            return hash.finish().hex
        }
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(digest(of: []) == empty && digest(of: [[], []]) == empty)
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(digest(of: [Array("abc".utf8)]) == abc)
        // The example of two blocks in FIPS 180-4's test vectors.
        let two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
        #expect(
            digest(of: [Array(two.utf8)]) == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        )
        let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        for pieceLength in [1, 63, 64, 65, 1000] {
            var pieces = Array(
                repeating: [UInt8](repeating: UInt8(ascii: "a"), count: pieceLength),
                count: 1_000_000 / pieceLength
            )
            pieces.append([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000 % pieceLength))
            #expect(digest(of: pieces) == million)
        }
    }

    @Test("Both implementations of SHA-256 return the same digest for every length and split", arguments: 0...200)
    func sha256Implementations(count: Int) {
        let message = (0..<count).map { _ in UInt8.random(in: 0...255) }
        var sodium = SHA256(usingInstructions: false)
        sodium.update(message.span)
        let expected = sodium.finish()
        #expect(Digest.sha256(of: message.span) == expected)
        let split = Int.random(in: 0...count)
        var hash = SHA256(usingInstructions: true)
        hash.update(message.span.extracting(0..<split))
        hash.update(message.span.extracting(split..<count))
        #expect(hash.finish() == expected, "split at \(split)")
    }

    @Test("Decodes hexadecimal digits only in lower case and in pairs")
    func lowerHex() {
        let bytes = Array(UInt8.min...UInt8.max)
        let text = LowerHex.encode(bytes.span)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
        #expect(LowerHex.decode(Array(text.utf8).span) == bytes)
        for invalid in ["0", "000", "0A", "g0", "0 ", "/0", ":0", "`0", "+1", "-1", "0x"] {
            #expect(LowerHex.decode(Array(invalid.utf8).span) == nil, "\(invalid)")
        }
        #expect(LowerHex.decode([UInt8]().span) == [] && LowerHex.encode([UInt8]().span).isEmpty)
    }
}
