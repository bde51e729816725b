import RosterBytes
package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `invalid-value`: a value that is not valid for its key.
package enum InvalidValue: Rule {
    package static let name = "invalid-value"
    package static let severity = Severity.error
    package static let summary = "a value that is not valid for its key"
    package static let explanation = """
        The value has the right type but is not valid: text that is empty or too long, a number out of range, a model \
        with white space at an end, a date that does not exist, a region or resource name that cannot be part of a \
        host, a version that cannot be part of a URL, a header that Roster sets itself. The model of google, azure and \
        bedrock is part of the request path, so no segment of it may be empty, `.` or `..`, and it must not contain a \
        backslash, `%`, `;`, `?`, `#` or a control character.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("name: GPT-4o for checkout", with: "name: \"\"")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func reportLength(_ count: Int, maximum: Int, name: String, at span: ByteSpan, _ findings: inout Findings) {
        findings.report(Self.self, at: span, "\(quoted(name)) has \(count) characters; it may have 1 to \(maximum)")
    }

    /// Reports a key of `config` that is too long; it is not repeated.
    static func reportKeyLength(_ count: Int, maximum: Int, at span: ByteSpan, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: span,
            "this key has \(count) characters; a key of config may have at most \(maximum)",
            help: "shorten the key, or write the text as a value"
        )
    }

    static func reportCount(
        _ count: Int,
        allowed: ClosedRange<Int>,
        name: String,
        at span: ByteSpan,
        _ findings: inout Findings
    ) {
        let bounds =
            allowed.upperBound == Int.max
            ? "at least \(allowed.lowerBound)" : "\(allowed.lowerBound) to \(allowed.upperBound)"
        let entries = count == 1 ? "1 entry" : "\(count) entries"
        findings.report(Self.self, at: span, "\(quoted(name)) has \(entries); it needs \(bounds)")
    }

    static func reportRange(
        _ range: ClosedRange<Int64>,
        name: String,
        found: String,
        at span: ByteSpan,
        _ findings: inout Findings
    ) {
        let allowed =
            range.lowerBound == range.upperBound
            ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
        findings.report(
            Self.self,
            at: span,
            "\(quoted(name)) is \(quoted(found).dropFirst().dropLast()); it must be \(allowed)"
        )
    }

    static func reportHandle(_ text: String, name: String, at span: ByteSpan, _ findings: inout Findings) {
        // Some people write the key itself here: the linker explains it with the project's secrets.
        guard name != "secret" else { return }
        let help = InvalidHandle.help(text, suffix: "")
        let message = "\(quoted(name)) must be a handle, and \(quoted(text)) is not one"
        findings.report(Self.self, at: span, message, help: help)
    }

    static func reportHex(
        _ digits: Int,
        name: String,
        _ node: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        // One mistake, one problem: a token in the place of its hash is reported as what it is.
        let matches = unsafe tree.withBytes(of: node) { unsafe KeyShapeScanner.matches(in: $0) }
        guard matches.allSatisfy(\.shape.isShortLived) else { return }
        let found = tree.scalarCount(of: node)
        let lowercased = tree.text(of: node).lowercased()
        let isHex = found == digits && lowercased.utf8.allSatisfy(\.isLowercaseHexDigit)
        findings.report(
            Self.self,
            at: tree[node].span,
            "\(quoted(name)) must be \(digits) lower-case hex digits",
            help: isHex
                ? "write it in lower case"
                : found == digits ? "it may hold 0-9 and a-f" : "it has \(found) characters",
            replacement: isHex ? Diagnostic.Replacement(text: lowercased, isSafe: true) : nil
        )
    }

    static func reportDate(_ text: String, name: String, at span: ByteSpan, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: span,
            "\(quoted(name)) must be a date, and \(quoted(text)) is not one",
            help: date(in: text).map { "write \($0)" } ?? "write the day as YYYY-MM-DD, such as 2027-06-30"
        )
    }

    static func reportDays(_ text: String, name: String, at span: ByteSpan, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: span,
            "\(quoted(name)) must be a number of days, and \(quoted(text)) is not one",
            help: "write 0d to \(DayCount.limit)d, such as 30d"
        )
    }

    static func reportEffect(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: tree[node].span,
            "\(quoted(tree.text(of: node))) is not an effect",
            help: "write \(list(Access.Effect.allCases.map(\.rawValue), "or"))"
        )
    }

    /// Returns the day of a date in another notation that has only one meaning: `30.6.2027`, `2027/06/30`.
    private static func date(in text: String) -> CalendarDate? {
        for separator in [".", "/", "-"] as [Character] {
            let parts = text.split(separator: separator, omittingEmptySubsequences: false)
            guard parts.count == 3, parts.allSatisfy({ $0.utf8.allSatisfy(\.isASCIIDigit) && $0.utf8.count <= 4 })
            else {
                continue
            }
            let isYearLast = separator == "." && parts[2].count == 4
            guard isYearLast || parts[0].count == 4 else { return nil }
            let ordered = (isYearLast ? parts.reversed() : parts).map { ($0.utf8.count < 2 ? "0" : "") + $0 }
            return CalendarDate(ordered.joined(separator: "-"))
        }
        return nil
    }

    static func reportNumber(_ text: String, why: String, at span: ByteSpan, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: span,
            "\(quoted(text)) \(why)",
            help: "quote it if it is text",
            replacement: Diagnostic.Replacement(text: "\"\(text)\"", isSafe: false)
        )
    }
}
