import RosterBytes
import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `hidden-character`: a character that a reviewer cannot see.
enum HiddenCharacter: Rule {
    static let name = "hidden-character"
    static let severity = Severity.error
    static let summary = "a control, bidirectional, zero-width or otherwise invisible character"
    static let explanation = """
        Characters that cannot be seen make a review lie: text can be shown in another order than it is read in, two \
        names can look the same, a line can end where none seems to. Control characters other than line feed, \
        carriage return with line feed, and tab are refused, and so is every character that is invisible, in the \
        file's bytes and behind an escape. Delete the character, or type the line anew.
        """
    static let failing = RuleExample(
        provider: RuleExample.provider.replacing("GPT-4o for", with: "GPT-4o\u{200B} for")
    )
    static let passing = RuleExample(provider: RuleExample.provider)

    /// Whether a character is refused.
    ///
    /// U+FE0F asks for the coloured form of the emoji before it, and may stand there.
    static func isHidden(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x20..<0x7F: false
        case 0xFE0F: !(previous.properties.isEmoji && !previous.isASCII || isKeycapBase(previous))
        default: PrintableText.isUnprintable(scalar)
        }
    }

    private static func isKeycapBase(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && scalar.properties.isEmoji
    }

    static func report(_ scalar: Unicode.Scalar, at span: ByteSpan, _ findings: inout Findings) {
        let canDelete = scalar.value != 0x0D && scalar.value != 0x85 && scalar.value != 0x2028 && scalar.value != 0x2029
        findings.report(
            Self.self,
            at: span,
            "\(title(scalar)) is in the file and cannot be seen",
            help: canDelete ? "delete the character, or type the line anew" : "end lines with LF or CR LF",
            replacement: canDelete ? Diagnostic.Replacement(text: "", isSafe: false) : nil
        )
    }

    /// Reports a file whose lines end with CR alone.
    static func reportCarriageReturns(at span: ByteSpan, _ findings: inout Findings) {
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
            if isHidden(scalar, after: previous) || scalar == "\r" {
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
