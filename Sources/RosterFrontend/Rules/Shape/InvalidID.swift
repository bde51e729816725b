package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `invalid-id`: an id with a wrong prefix, length or alphabet.
package enum InvalidID: Rule {
    package static let name = "invalid-id"
    package static let severity = Severity.error
    package static let summary = "an id with a wrong prefix, length or alphabet"
    package static let explanation = """
        An id is a prefix for the kind of record, followed by 16 random letters and digits: aip_ for a provider, sec_ \
        for a secret, proj_ for a project, key_ for a token. A sealing key's id is rk_ and 32 hex digits that are \
        computed from its public key. Never derive an id from a name, and never change an id.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("aip_8QzKx0vT2mWb4NcR", with: "aip_8QzKx0vT2mWb4Nc")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func report(
        _ node: YAMLNodeIndex,
        _ kind: any RecordKind.Type,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        let (text, prefix) = (tree.text(of: node), kind.prefix.description)
        let body = text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...]
        let why =
            if !text.hasPrefix(prefix) {
                "it must start with \(prefix)"
            } else if body.unicodeScalars.count != 16 {
                "it has \(body.unicodeScalars.count) characters after \(prefix), not 16"
            } else {
                "it has something other than letters and digits"
            }
        findings.report(
            Self.self,
            at: tree[node].span,
            "\(quoted(text)) is not a valid id: \(why)",
            freshID: FreshID(kind, inPlaceOf: node, in: tree)
        )
    }

    static func reportSealingKey(_ text: String, at span: ByteSpan, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: span,
            "\(quoted(text)) is not the id of a sealing key",
            help: "it is rk_ and 32 lower-case hex digits"
        )
    }
}
