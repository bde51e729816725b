import RosterDiagnostics
import YAMLSyntax

/// `private-key-in-repository`: a Roster identity or a PEM private key in a file that is read.
enum PrivateKeyInRepository: Rule {
    static let name = "private-key-in-repository"
    static let severity = Severity.error
    static let summary = "a Roster identity or a PEM private key in a file that is read"
    static let explanation = """
        The private half of a sealing key opens every secret that was ever sealed to it, and a PEM private key is \
        somebody's identity. In a repository it is everybody's. Delete it, retire the sealing key with `roster key \
        retire`, and rotate every key that was sealed to it.
        """
    static let failing = RuleExample(provider: RuleExample.provider + "# ROSTER-IDENTITY" + "-1-\n")
    static let passing = RuleExample(provider: RuleExample.provider)

    /// Spans of private keys in a file, from its marker to the end of what belongs to it.
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

    static func check(_ bytes: [UInt8], _ findings: inout Findings) -> [ByteSpan] {
        let spans = spans(in: bytes)
        for span in spans {
            let isIdentity = bytes[span.range].starts(with: identity.bytes)
            // The marker alone is pointed at: what follows is private.
            let length = isIdentity ? identity.bytes.count : pem.bytes.count
            findings.report(
                Self.self,
                at: ByteSpan(Int(span.start)..<min(Int(span.start) + length, Int(span.end))),
                isIdentity ? "a Roster identity is in the repository" : "a PEM private key is in the repository",
                help: isIdentity
                    ? "move it out of the repository, retire the key (roster key retire), and rotate what was sealed to it"
                    : "move it out of the repository, and replace the key wherever it is used"
            )
        }
        return spans
    }

    private static func endOfPEM(_ bytes: [UInt8], from start: Int) -> Int? {
        // The longest label of a private key has 30 characters; a line of nothing but beginnings is looked at once.
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

    private static let identity = ByteMarker("ROSTER-IDENTITY-1-", rare: "Y")
    private static let pem = ByteMarker("-----BEGIN", rare: "G")
}
