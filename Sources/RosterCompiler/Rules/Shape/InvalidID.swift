import RosterDiagnostics
import YAMLSyntax

/// `invalid-id`: an id with a wrong prefix, length or alphabet.
enum InvalidID: Rule {
    static let name = "invalid-id"
    static let severity = Severity.error
    static let summary = "an id with a wrong prefix, length or alphabet"
    static let explanation = """
        An id is a prefix that says of what kind the record is, and 16 letters and digits drawn at random when the \
        record was made: aip_ for a provider, sec_ for a secret, proj_ for a project, key_ for a token. A sealing \
        key's id is rk_ and 32 hex digits that follow from its public key. Never make an id up from a name, and \
        never change one.
        """
    static let failing = RuleExample(
        provider: RuleExample.provider.replacing("aip_8QzKx0vT2mWb4NcR", with: "aip_8QzKx0vT2mWb4Nc")
    )
    static let passing = RuleExample(provider: RuleExample.provider)

    static func report(_ text: String, prefix: String, at span: ByteSpan, _ findings: inout Findings) {
        let body = text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...]
        let why =
            if !text.hasPrefix(prefix) {
                "it must start with \(prefix)"
            } else if body.unicodeScalars.count != 16 {
                "it has \(body.unicodeScalars.count) characters behind \(prefix)"
            } else {
                "it holds something else than letters and digits"
            }
        findings.report(
            Self.self,
            at: span,
            "\(quoted(text)) is no id: \(why)",
            help: "an id here is \(prefix) and 16 characters of A-Z, a-z and 0-9"
        )
    }

    static func reportSealingKey(_ text: String, at span: ByteSpan, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: span,
            "\(quoted(text)) is no id of a sealing key",
            help: "it is rk_ and 32 lower-case hex digits"
        )
    }
}
