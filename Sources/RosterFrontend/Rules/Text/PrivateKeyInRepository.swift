import RosterBytes
package import RosterDiagnostics
import YAMLSyntax

/// `private-key-in-repository`: a Roster identity or a PEM private key in a file that is read.
package enum PrivateKeyInRepository: Rule {
    package static let name = "private-key-in-repository"
    package static let severity = Severity.error
    package static let summary = "a Roster identity or a PEM private key in a file that is read"
    package static let explanation = """
        The private half of a sealing key opens every secret that was ever sealed to it, and a PEM private key is the \
        identity of a person or a service. Everyone who can read the repository can use it. Delete it, retire the \
        sealing key with `roster key retire`, and rotate every key that was sealed to it.
        """
    package static let failing = RuleExample(provider: RuleExample.provider + "# ROSTER-IDENTITY" + "-1-\n")
    package static let passing = RuleExample(provider: RuleExample.provider)

    /// Reports private keys in a file, and returns their spans.
    static func check(_ bytes: [UInt8], _ findings: inout Findings) -> [ByteSpan] {
        let spans = PrivateKeyText.spans(in: bytes)
        for span in spans {
            let isIdentity = bytes[span.range].starts(with: PrivateKeyText.identity.bytes)
            // The marker alone is pointed at: what follows is private.
            let length = isIdentity ? PrivateKeyText.identity.bytes.count : PrivateKeyText.pem.bytes.count
            findings.report(
                Self.self,
                at: ByteSpan(Int(span.start)..<min(Int(span.start) + length, Int(span.end))),
                isIdentity ? "a Roster identity is in the repository" : "a PEM private key is in the repository",
                help: isIdentity
                    ? "move it out of the repository, retire the key (roster key retire), and rotate what was sealed to it"
                    : "move it out of the repository, and replace the key everywhere it is used"
            )
        }
        return spans
    }
}
