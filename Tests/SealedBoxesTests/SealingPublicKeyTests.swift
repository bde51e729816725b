import RosterBytes
import SealedBoxes
import Testing

@Suite("Public sealing keys")
struct SealingPublicKeyTests {
    @Test("The id of a key is what another implementation derives")
    func derivedId() throws {
        let base64 = "45mJiRDhoTLio5lyNwC5/yBj6QyTvINhR+cFBC5vCTY="
        let key = try SealingPublicKey(base64: Array(base64.utf8).span)
        #expect(key.id == "rk_62f2a51c7a6fc063339e14c9d3c2f988")
        #expect(key.base64 == base64)
    }

    @Test("A key has exactly 32 bytes", arguments: [0, 31, 33, 64])
    func length(count: Int) {
        #expect(throws: SealingPublicKey.Problem.length(count)) {
            try SealingPublicKey(bytes: [UInt8](repeating: 9, count: count))
        }
    }

    @Test("A key's text is canonical base64")
    func text() {
        #expect(throws: SealingPublicKey.Problem.notBase64) {
            try SealingPublicKey(base64: Array("45mJiRDhoTLio5lyNwC5/yBj6QyTvINhR+cFBC5vCTZ=".utf8).span)
        }
    }

    @Test("A number that could be written smaller is refused")
    func notCanonical() throws {
        let prime = [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]
        for first in UInt8(0xED)...0xFF {
            #expect(throws: SealingPublicKey.Problem.notCanonical) {
                try SealingPublicKey(bytes: [first] + prime[1...])
            }
        }
        let base: [UInt8] = [9] + [UInt8](repeating: 0, count: 31)
        #expect(throws: SealingPublicKey.Problem.notCanonical) {
            try SealingPublicKey(bytes: base[..<31] + [0x80])
        }
        // The largest number that is not a point of low order, and numbers just below the limit.
        _ = try SealingPublicKey(bytes: [0xEB] + prime[1...])
        _ = try SealingPublicKey(bytes: [0xFF] + prime[1..<30] + [0xFE, 0x7F])
        _ = try SealingPublicKey(bytes: base)
    }

    @Test("A point of low order is refused")
    func lowOrder() {
        // The canonical ones of https://cr.yp.to/ecdh.html: 0, 1, the two of order 8, and 2^255−20.
        let points = [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ]
        for point in points {
            #expect(throws: SealingPublicKey.Problem.lowOrder) {
                try SealingPublicKey(bytes: LowerHex.decode(Array(point.utf8).span) ?? [])
            }
        }
    }
}
