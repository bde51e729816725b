import RosterBytes
package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `hidden-character`: a character that a reviewer cannot see.
package enum HiddenCharacter: TextRule {
    package static let name = "hidden-character"
    package static let severity = Severity.error
    package static let summary = "a control, bidirectional, zero-width or otherwise invisible character"
    package static let explanation = """
        Invisible characters mislead reviewers: text can be displayed in a different order than it is parsed in, two \
        names can look the same, and a line can end where no line end is visible. Control characters other than line \
        feed, carriage return with line feed, and tab are refused. So is every invisible character, whether it is in \
        the file's bytes or written as an escape. Delete the character, or retype the line.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("GPT-4o for", with: "GPT-4o\u{200B} for")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(_ problem: TextScan.Problem, _ findings: inout Findings) {
        switch problem {
        case .carriageReturns(let span): reportCarriageReturns(at: span, &findings)
        case .hidden(let scalar, let span): report(scalar, at: span, &findings)
        case .byteOrderMark, .nul, .utf16, .notUTF8: break
        }
    }

    private static func report(_ scalar: Unicode.Scalar, at span: ByteSpan, _ findings: inout Findings) {
        let canDelete = scalar.value != 0x0D && scalar.value != 0x85 && scalar.value != 0x2028 && scalar.value != 0x2029
        findings.report(
            Self.self,
            at: span,
            "\(title(scalar)) is in the file and cannot be seen",
            help: canDelete ? "delete the character, or retype the line" : "end lines with LF or CR LF",
            replacement: canDelete ? Diagnostic.Replacement(text: "", isSafe: false) : nil
        )
    }

    /// Reports a file whose lines end with CR alone.
    private static func reportCarriageReturns(at span: ByteSpan, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: span,
            "the lines of this file end with CR alone, so that other programs see one line",
            help: "end lines with LF or CR LF: tr '\\r' '\\n' < FILE > NEW"
        )
    }

    /// Reports the first hidden character that a scalar's escapes stand for.
    static func check(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let isPlain = unsafe tree.withBytes(of: node) { unsafe $0.endOfPlainText(from: 0) == $0.count }
        guard !isPlain else { return }
        var previous: Unicode.Scalar = "\n"
        for scalar in tree.text(of: node).unicodeScalars {
            if HiddenScalar.isHidden(scalar, after: previous) || scalar == "\r" {
                let message = "\(title(scalar)) is written as an escape and cannot be seen"
                findings.report(Self.self, at: tree[node].span, message, help: "write the text without the escape")
                return
            }
            previous = scalar
        }
    }

    private static func title(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        if let name = scalar.properties.name { return "\(code) (\(name))" }
        switch scalar.properties.generalCategory {
        case .control: return "the control character \(code)"
        case .privateUse: return "the private-use character \(code)"
        default: return "\(code), which is not a character,"
        }
    }
}
