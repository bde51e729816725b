import RosterBytes
import YAMLSyntax

/// A search for private keys in the bytes of a file.
enum PrivateKeyText {
    /// Returns the spans of private keys in a file, from the marker to the end.
    static func spans(in bytes: [UInt8]) -> [ByteSpan] {
        guard identity.isIn(bytes) || pem.isIn(bytes) else { return [] }
        var spans: [ByteSpan] = []
        var offset = 0
        while offset < bytes.count {
            let rest = bytes[offset...]
            if rest.starts(with: identity.bytes) {
                let end = rest.firstIndex { $0 <= 0x20 } ?? bytes.count
                spans.append(ByteSpan(offset..<end))
                offset = end
            } else if rest.starts(with: pem.bytes), let end = endOfPEM(bytes, from: offset) {
                spans.append(ByteSpan(offset..<end))
                offset = end
            } else {
                offset += 1
            }
        }
        return spans
    }

    private static func endOfPEM(_ bytes: [UInt8], from start: Int) -> Int? {
        // The longest label of a private key has 30 characters; so a line of only such starts is searched in linear time.
        let header = bytes[start...].prefix(80).prefix { $0 != 0x0A && $0 != 0x0D }
        guard String(decoding: header, as: UTF8.self).contains("PRIVATE KEY") else { return nil }
        let footer = Array("-----END".utf8)
        var offset = start + pem.bytes.count
        while offset < bytes.count {
            if bytes[offset...].starts(with: footer) {
                return bytes[offset...].firstIndex { $0 == 0x0A } ?? bytes.count
            }
            offset += 1
        }
        return bytes.count
    }

    /// The start of a Roster identity.
    static let identity = ByteMarker("ROSTER-IDENTITY-1-", rare: "Y")
    /// The start of a PEM block.
    static let pem = ByteMarker("-----BEGIN", rare: "G")
}
