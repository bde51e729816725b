package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `plaintext-key`: text with the shape of a key, or a value of `config` whose name means a key.
package enum PlaintextKey: Rule {
    package static let name = "plaintext-key"
    package static let severity = Severity.error
    package static let summary = "text with the shape of a key, or a value of `config` whose name means a key"
    package static let explanation = """
        Everyone who can read the repository can use a key that is in a file, and git keeps it forever. Revoke it at \
        the provider now, make a new one, and seal it with `roster secret set`. All text of a file is searched, \
        including comments, for the formats of keys, for `Bearer` with a token, and for URLs with a password. In \
        `config`, at any depth, names are checked too: `apiKey`, `token` and other names that only a key has, \
        regardless of the value; and names that end with such words, as `x-portkey-api-key`, `OPENAI_API_KEY` and \
        `dbPassword`, if the value has at least 16 characters (a password: 8) without white space, or starts with an \
        authentication scheme. `<your key>`, `${OPENAI_API_KEY}` and other references to a value that is stored \
        elsewhere are not keys. The host of an `allowedHosts` entry or a `baseUrl` is never masked, so it must not \
        have the shape of a key.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider + "# sk-" + "proj-9f8e7d6c5b4a39281706f5e4d3c2b1a0\n"
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    /// Searches a whole file.
    ///
    /// `sealed` are the spans of boxes, hashes and the like, since base64 and hex hold any text by chance; `named` are
    /// spans that are reported already. In `hosts`, an entry of `allowedHosts` or a `baseUrl` that is valid, no form is
    /// short-lived: it would only hide the host.
    static func check(
        _ bytes: [UInt8],
        except sealed: [ByteSpan],
        named: [ByteSpan],
        hosts: [ByteSpan] = [],
        _ findings: inout Findings
    ) {
        let matches = unsafe bytes.withUnsafeBufferPointer { unsafe KeyShapeScanner.matches(in: $0) }
        guard !matches.isEmpty else { return }
        let (excluded, hosts) = (SpanCover(sealed + named), SpanCover(hosts))
        for match in matches {
            let span = ByteSpan(match.range)
            guard !excluded.contains(span) else { continue }
            if hosts.contains(span) {
                let message = "this has the shape of \(match.shape.title), where a host or path is expected"
                findings.report(Self.self, at: span, message, help: "name another host or path; " + help)
            } else {
                report(match.shape, at: span, &findings)
            }
        }
    }

    /// Searches the text of a scalar that is written with escapes or on several lines.
    static func checkDecoded(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let span = tree[node].span
        let matches = unsafe tree.withBytes(of: node) { unsafe KeyShapeScanner.matches(in: $0) }
        guard let match = matches.first else { return }
        let isVisible = unsafe tree.source.withUnsafeBufferPointer { bytes in
            unsafe !KeyShapeScanner.matches(in: UnsafeBufferPointer(rebasing: bytes[span.range])).isEmpty
        }
        if !isVisible { report(match.shape, at: span, &findings) }
    }

    /// Checks the names in `config`, at any depth.
    ///
    /// - Returns: the spans of the values that are keys by their names.
    static func checkConfig(
        _ root: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> [ByteSpan] {
        let keys = ConfigKeys.find(in: root, of: tree)
        for key in keys {
            let message = "\(quoted(key.name)) is the name of a key, and config is readable by everyone"
            findings.report(Self.self, at: key.place, message, help: help)
        }
        return keys.flatMap(\.values)
    }

    private static func report(_ shape: KeyShape, at span: ByteSpan, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: span,
            shape == .urlPassword ? "this URL contains a password" : "this has the shape of \(shape.title)",
            severity: shape.isShortLived ? .warning : .error,
            help: help(for: shape)
        )
    }

    private static func help(for shape: KeyShape) -> String {
        guard !shape.isShortLived else { return "delete it; it may still be valid" }
        guard shape == .rosterToken else { return help }
        return "make another token: roster token create prints it, and writes only its hash; then delete this entry"
    }

    private static let help = "revoke it at the provider, make a new one, and seal it: roster secret set"
}
