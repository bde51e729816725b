package import RosterDiagnostics
import YAMLSyntax

/// `invalid-encoding`: the bytes are not plain UTF-8.
package enum InvalidEncoding: TextRule {
    package static let name = "invalid-encoding"
    package static let severity = Severity.error
    package static let summary = "not UTF-8, a byte-order mark, or a NUL"
    package static let explanation = """
        Files must be UTF-8 without a byte-order mark and without NUL bytes, so that every program reads the same \
        characters. Save the file as "UTF-8", not "UTF-8 with BOM", UTF-16 or Latin-1.
        """
    package static let failing = RuleExample(
        provider: "",
        special: .bytes(path: "providers/acme/gpt-4o.yaml", [0xEF, 0xBB, 0xBF] + Array(RuleExample.provider.utf8))
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(_ problem: TextScan.Problem, _ findings: inout Findings) {
        switch problem {
        case .byteOrderMark(let span): reportByteOrderMark(at: span, &findings)
        case .utf16(let span): reportUTF16(at: span, &findings)
        case .nul(let span): reportNUL(at: span, &findings)
        case .notUTF8(let span): reportNotUTF8(at: span, &findings)
        case .carriageReturns, .hidden: break
        }
    }

    private static func reportByteOrderMark(at span: ByteSpan, _ findings: inout Findings) {
        let help = "save the file as UTF-8 without a byte-order mark"
        let replacement = Diagnostic.Replacement(text: "", isSafe: true)
        findings.report(
            Self.self,
            at: span,
            "the file starts with a byte-order mark",
            help: help,
            replacement: replacement
        )
    }

    private static func reportUTF16(at span: ByteSpan, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: span,
            "the file is UTF-16, not UTF-8",
            help: "save the file as UTF-8: iconv -f UTF-16 -t UTF-8 FILE > NEW"
        )
    }

    private static func reportNUL(at span: ByteSpan, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: span,
            "the file contains a NUL byte",
            help: "delete the byte; if there are many, this is not a text file"
        )
    }

    private static func reportNotUTF8(at span: ByteSpan, _ findings: inout Findings) {
        findings.report(Self.self, at: span, "the file is not UTF-8 from here on", help: "save the file as UTF-8")
    }
}
