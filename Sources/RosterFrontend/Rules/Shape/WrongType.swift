package import RosterDiagnostics
import YAMLSyntax

/// `wrong-type`: a value whose type does not match its key.
package enum WrongType: Rule {
    package static let name = "wrong-type"
    package static let severity = Severity.error
    package static let summary = "a value whose type does not match its key"
    package static let explanation = """
        Every key has one type, and values are never converted silently: YAML reads `4` as a number, and some parsers \
        read `on` as true. Quote a value that is text. In `config` a decimal number must keep all of its digits, or it \
        is refused: `0613` would become 613 and `1.10` would become 1.1. Versions of models are often affected.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("defaultModel: gpt-5.6", with: "defaultModel: 4")
    )
    package static let passing = RuleExample(
        provider: RuleExample.provider.replacing("defaultModel: gpt-5.6", with: "defaultModel: \"4\"")
    )

    /// Reports a value that is not what its key holds.
    static func report(
        _ node: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        what: String,
        expected: String,
        freshID: FreshID? = nil,
        _ findings: inout Findings
    ) {
        let found = describe(node, in: tree, instead: expected)
        if freshID == nil, found == "nothing", let comment = comment(after: node, in: tree) {
            return reportComment(comment, what: what, expected: expected, in: tree, &findings)
        }
        var replacement: Diagnostic.Replacement?
        if freshID == nil, expected == "text", tree[node].kind == .plain, found != "nothing" {
            replacement = Diagnostic.Replacement(text: "\"\(tree.text(of: node))\"", isSafe: true)
        }
        findings.report(
            Self.self,
            at: tree[node].span,
            "\(what) must be \(expected), found \(found)",
            help: replacement.map { "quote it: \($0.text)" } ?? help(what, expected, node, in: tree)
                ?? (freshID == nil ? help(for: tree[node].kind, found, expected) : nil),
            replacement: replacement,
            freshID: freshID
        )
    }

    /// Returns what to write instead of a mapping or list, and of a mapping in another notation.
    private static func help(
        _ what: String,
        _ expected: String,
        _ node: YAMLNodeIndex,
        in tree: borrowing YAMLTree
    ) -> String? {
        if expected == "a mapping", tree[node].isScalar {
            let text = tree.text(of: node)
            if text.hasPrefix("{") { return "delete the quotes around it: JSON is read as it is" }
            if tree[node].kind == .plain, let help = helpForColon(node, in: tree) { return help }
            guard text.contains("=") else { return nil }
            return "write \(quoted("NAME: VALUE")), with a colon and a space, instead of \(quoted("NAME=VALUE"))"
        }
        guard what == quoted("secret"), !tree[node].isScalar else { return nil }
        return "write the secret's name alone: \"secret: <name>\", for secrets/<project>/<name>.yaml"
    }

    /// Returns what to write for `key:value`, which is a text; what follows the colon is not repeated.
    private static func helpForColon(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree) -> String? {
        let text = tree.text(of: node)
        let key = text.prefix { $0 != ":" && $0 != " " }
        guard !key.isEmpty, text.dropFirst(key.count).first == ":", !text.dropFirst(key.count).hasPrefix("://") else {
            return nil
        }
        return "write a space after the colon: \(key): …"
    }

    /// Returns the comment that follows the colon instead of a value, without the line end.
    private static func comment(after node: YAMLNodeIndex, in tree: borrowing YAMLTree) -> ByteSpan? {
        guard tree[node].span.isEmpty else { return nil }
        let start = tree.source[Int(tree[node].span.start)...].firstIndex { $0 != 0x20 && $0 != 0x09 }
        guard let start, tree.source[start] == UInt8(ascii: "#") else { return nil }
        let end = tree.source[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? tree.source.count
        return ByteSpan(start..<end)
    }

    private static func reportComment(
        _ comment: ByteSpan,
        what: String,
        expected: String,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        let text = String(decoding: tree.source[comment.range], as: UTF8.self)
        let isShort = text.unicodeScalars.count <= quotedLimit
        findings.report(
            Self.self,
            at: ByteSpan(start: comment.start, end: comment.start + 1),
            "\(what) has no value: everything after # is a comment",
            help: expected == "text" && isShort
                ? "quote it: \(CorrectedLine.inQuotes(text)); or write the value before the comment"
                : "write the value before the comment"
        )
    }

    /// Returns how a value of another type is written.
    private static func help(for kind: YAMLNode.Kind, _ found: String, _ expected: String) -> String? {
        switch (expected, kind) {
        case (_, .plain) where found == "nothing": "write a value after the colon"
        case ("a mapping", .sequence): "write the keys without \"- \""
        case ("a mapping", _): "write one \"key: value\" a line"
        case ("a list", _): "write each entry on its own line, after \"- \""
        case ("true or false", _): "write true or false, without quotes"
        case ("text", .sequence): "write one value, without \"- \" and brackets"
        case ("text", .mapping): "write one value on this line"
        default: nil
        }
    }

    /// Reports a project that is written as a name alone, or as nothing.
    static func reportProject(
        _ handle: String,
        _ node: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        findings.report(
            Self.self,
            at: tree[node].span,
            "the project \(quoted(handle)) needs an id and a name, found \(describe(node, in: tree))",
            help: "delete this line, and let a command write both: roster project add \(handle)"
        )
    }

    /// Reports a value that should be a whole number.
    static func reportNumber(
        _ node: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        what: String,
        _ findings: inout Findings
    ) {
        let text = tree[node].isQuoted ? tree.text(of: node) : ""
        let bare = Int64(text).map { Diagnostic.Replacement(text: String($0), isSafe: true) }
        findings.report(
            Self.self,
            at: tree[node].span,
            "\(what) must be a whole number, found \(describe(node, in: tree))",
            help: bare.map { "write it without quotes: \($0.text)" },
            replacement: bare
        )
    }

    /// Reports a number of `config` that would be written with other digits.
    static func report(
        _ loss: PlainScalar.DigitLoss,
        _ node: YAMLNodeIndex,
        _ number: PlainScalar,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        let text = tree.text(of: node)
        let written = Self.text(of: number)
        let (reason, number) =
            switch loss {
            case .zeros:
                ("is read as a number, and would become \(written)", "; if it is a number, write \(written)")
            case .digits where written.isEmpty:
                (
                    "has more digits than a number can have",
                    text.hasPrefix("-")
                        ? "; the smallest whole number is \(Int64.min)" : "; the largest whole number is \(Int64.max)"
                )
            case .digits:
                ("has more digits than a number can have, and would become \(written)", "; or write \(written)")
            case .range: ("is too large for a number", "")
            }
        let replacement = Diagnostic.Replacement(text: "\"\(text)\"", isSafe: false)
        findings.report(
            Self.self,
            at: tree[node].span,
            "\(quoted(text).dropFirst().dropLast()) \(reason)",
            help: "quote it: \(replacement.text)\(number)",
            replacement: replacement,
            rewritten: written.isEmpty ? nil : written
        )
    }

    /// Returns a number as it would be written; empty for one that cannot be written.
    private static func text(of number: PlainScalar) -> String {
        switch number {
        case .integer(let value): String(value)
        case .float(let value): value.description
        default: ""
        }
    }

    private static func describe(
        _ node: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        instead expected: String = "text"
    ) -> String {
        switch tree[node].kind {
        case .mapping: return "a mapping"
        case .sequence: return "a list"
        case .refused: return "nothing"
        case .singleQuoted, .doubleQuoted, .literal, .folded: return "text"
        case .plain: break
        }
        let text = tree.text(of: node)
        switch unsafe tree.withBytes(of: node, { unsafe PlainScalar($0) }) {
        case .null: return text.isEmpty ? "nothing" : text
        case .boolean: return text
        case .integer, .float, .integerTooLarge, .notFinite: return "the number \(quoted(text).dropFirst().dropLast())"
        case .text:
            let isOther = unsafe tree.withBytes(of: node) { unsafe PlainScalar.isOtherwiseInYAML11($0) }
            guard expected == "text" else { return isOther ? quoted(text) : "text" }
            return isOther ? "\(quoted(text)), which some programs do not read as text" : "text"
        }
    }
}
