import RosterBytes
package import RosterDiagnostics
import SealedBoxes
import YAMLSyntax

/// `malformed-box`: a box that is not canonical base64 or not of a box's length.
package enum MalformedBox: Rule {
    package static let name = "malformed-box"
    package static let severity = Severity.error
    package static let summary = "a box that is not canonical base64 or not of a box's length"
    package static let explanation = """
        A box is canonical base64 (standard alphabet, with padding, in one line, no spare bits) of 48 bytes plus a \
        positive multiple of 256. This box was changed or truncated, and no key can open it. Seal the secret again.
        """
    package static let failing = RuleExample(
        secret: RuleExample.secret.replacing(RuleExample.box("B"), with: "QkJCQg==")
    )
    package static let passing = RuleExample(secret: RuleExample.secret)

    /// Returns the first 32 bytes of a box; nil for a malformed one, which is reported.
    static func read(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) -> CanonicalBase64
        .First32Bytes?
    {
        let (length, first) = unsafe tree.withBytes(of: node) { text in
            let length = unsafe CanonicalBase64.decodedLength(ofCanonical: text)
            return (length, unsafe length == nil ? nil : CanonicalBase64.first32Bytes(ofCanonical: text))
        }
        guard let length else {
            report("the box is not canonical base64", at: tree[node].span, &findings)
            return nil
        }
        guard length > 48, (length - 48).isMultiple(of: 256), let first else {
            report("the box has \(length) bytes; a box has 48 plus a multiple of 256", at: tree[node].span, &findings)
            return nil
        }
        return first
    }

    private static func report(_ message: String, at span: ByteSpan, _ findings: inout Findings) {
        findings.report(Self.self, at: span, message, help: "seal the secret again: roster secret set")
    }
}
