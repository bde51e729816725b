import RosterDiagnostics
import YAMLSyntax

extension InvalidValue {
    /// Returns whether a text has no white space at an end; white space is reported, with the trimmed text as a fix.
    static func checkEnds(
        of node: YAMLNodeIndex,
        name: String,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> Bool {
        // A visible ASCII character at both ends, as in nearly every file.
        let isTrimmed = unsafe tree.withBytes(of: node) { bytes in
            guard let first = unsafe bytes.first, let last = unsafe bytes.last else { return true }
            return (0x21...0x7E).contains(first) && (0x21...0x7E).contains(last)
        }
        if isTrimmed { return true }
        let text = tree.text(of: node)
        let trimmed = text.trimmingWhiteSpace
        guard trimmed.utf8.count < text.utf8.count else { return true }
        guard !trimmed.isEmpty else {
            let message = "\(quoted(name)) contains only white space"
            findings.report(Self.self, at: tree[node].span, message, help: "write \(name): and the text that you want")
            return false
        }
        let replacement = PlainText.scalar(String(trimmed), inPlaceOf: tree[node])
        findings.report(
            Self.self,
            at: tree[node].span,
            "\(quoted(name)) has white space at \(ends(of: text, trimmed))",
            help: "write \(name): \(replacement)",
            replacement: Diagnostic.Replacement(text: replacement, isSafe: true)
        )
        return false
    }

    private static func ends(of text: String, _ trimmed: Substring) -> String {
        switch (trimmed.startIndex > text.startIndex, trimmed.endIndex < text.endIndex) {
        case (true, true): "its start and its end"
        case (true, false): "its start"
        default: "its end"
        }
    }
}

extension String {
    /// The text without white space, of Unicode's kinds too, at its ends.
    var trimmingWhiteSpace: Substring {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return self[endIndex...] }
        return self[first..<scalars.index(after: last)]
    }
}
