import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `plaintext-key`: text with the shape of a key, or a key of `config` that is the name of one.
enum PlaintextKey: Rule {
    static let name = "plaintext-key"
    static let severity = Severity.error
    static let summary = "text with the shape of a key, or a key of `config` that is the name of one"
    static let explanation = """
        A key in a file is a key for everybody who can read the repository, for ever: git keeps it. Revoke it at the \
        provider now, make a new one, and seal it with `roster secret set`. Text anywhere in a file is looked at, \
        comments included, and so is every key under `config` that is the name of a key, whatever stands there.
        """
    static let failing = RuleExample(
        provider: RuleExample.provider + "# sk-" + "proj-9f8e7d6c5b4a39281706f5e4d3c2b1a0\n"
    )
    static let passing = RuleExample(provider: RuleExample.provider)

    /// Looks through a whole file.
    ///
    /// `sealed` are the spans of boxes, hashes and the like, since base64 and hex hold any text by chance; `named` are
    /// spans that are reported already.
    static func check(_ bytes: [UInt8], except sealed: [ByteSpan], named: [ByteSpan], _ findings: inout Findings) {
        let matches = unsafe bytes.withUnsafeBufferPointer { unsafe KeyShapeScanner.matches(in: $0) }
        for match in matches {
            let span = ByteSpan(match.range)
            guard !(sealed + named).contains(where: { $0.start <= span.start && span.end <= $0.end }) else { continue }
            report(match.shape, at: span, &findings)
        }
    }

    /// Looks at the text that a scalar stands for, where it does not stand in the file letter for letter.
    static func checkDecoded(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let span = tree[node].span
        let matches = unsafe tree.withBytes(of: node) { unsafe KeyShapeScanner.matches(in: $0) }
        guard let match = matches.first else { return }
        let isVisible = unsafe tree.source.withUnsafeBufferPointer { bytes in
            unsafe !KeyShapeScanner.matches(in: UnsafeBufferPointer(rebasing: bytes[span.range])).isEmpty
        }
        if !isVisible { report(match.shape, at: span, &findings) }
    }

    /// Looks at the keys of `config`, at any depth.
    ///
    /// - Returns: the spans of the values that stand under the name of a key.
    static func checkConfig(
        _ root: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> [ByteSpan] {
        var values: [ByteSpan] = []
        visit(root, in: tree, &values, &findings)
        return values
    }

    private static func visit(
        _ node: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ values: inout [ByteSpan],
        _ findings: inout Findings
    ) {
        switch tree[node].kind {
        case .mapping:
            tree.forEachEntry(of: node) { key, value in
                if tree[key].isScalar, unsafe tree.withBytes(of: key, { unsafe KeyName.isKeyName(utf8: $0) }) {
                    values.append(tree[value].span)
                    let message =
                        "\(quoted(tree.text(of: key))) is the name of a key, and config is readable by everybody"
                    findings.report(Self.self, at: tree[key].span, message, help: help)
                } else {
                    visit(value, in: tree, &values, &findings)
                }
            }
        case .sequence:
            tree.forEachElement(of: node) { visit($0, in: tree, &values, &findings) }
        default:
            break
        }
    }

    private static func report(_ shape: KeyShape, at span: ByteSpan, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: span,
            "this has the shape of \(shape.title)",
            severity: shape.isShortLived ? .warning : .error,
            help: shape.isShortLived ? "delete it; it may still be valid" : help
        )
    }

    private static let help = "revoke it at the provider, make a new one, and seal that: roster secret set"
}
