/// The algorithms of keys that a message names, from the object identifier (RFC 5280) in the DER encoding of a key.
enum KeyAlgorithm {
    /// Returns the name of the algorithm of a `SubjectPublicKeyInfo` or a `PrivateKeyInfo`; nil when it is not known.
    static func name<Bytes: RandomAccessCollection<UInt8>>(inDER bytes: Bytes) -> String? where Bytes.Index == Int {
        var position = bytes.startIndex
        // The outer sequence, the version of a private key, the sequence of the algorithm, its identifier.
        guard header(bytes, &position, tag: 0x30) != nil else { return nil }
        if position < bytes.endIndex, bytes[position] == 0x02, let length = header(bytes, &position, tag: 0x02) {
            guard length <= bytes.endIndex - position else { return nil }
            position += length
        }
        guard header(bytes, &position, tag: 0x30) != nil, let length = header(bytes, &position, tag: 0x06),
            length <= bytes.endIndex - position
        else { return nil }
        let identifier = Array(bytes[position..<position + length])
        return names.first { $0.identifier == identifier }?.name
    }

    private static let names: [(identifier: [UInt8], name: String)] = [
        ([0x2B, 0x65, 0x70], "Ed25519"), ([0x2B, 0x65, 0x71], "Ed448"),
        ([0x2B, 0x65, 0x6E], "X25519"), ([0x2B, 0x65, 0x6F], "X448"),
        ([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01], "elliptic curve (ECDSA)"),
        ([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01], "RSA"),
        ([0x2A, 0x86, 0x48, 0xCE, 0x38, 0x04, 0x01], "DSA"),
    ]

    /// Reads a tag and a length, and returns the length.
    private static func header<Bytes: RandomAccessCollection<UInt8>>(
        _ bytes: Bytes,
        _ position: inout Int,
        tag: UInt8
    ) -> Int? where Bytes.Index == Int {
        guard bytes.endIndex - position >= 2, bytes[position] == tag else { return nil }
        let first = bytes[position + 1]
        position += 2
        guard first & 0x80 != 0 else { return Int(first) }
        let count = Int(first & 0x7F)
        guard (1...3).contains(count), count <= bytes.endIndex - position else { return nil }
        defer { position += count }
        return bytes[position..<position + count].reduce(0) { $0 << 8 | Int($1) }
    }
}
