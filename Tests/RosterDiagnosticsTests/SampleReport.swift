import RosterDiagnostics

/// A report with one diagnostic of each kind that a renderer must get right, and text that tries to break out of each
/// format.
enum SampleReport {
    static let all = report(diagnostics)
    static let clean = report([])
    /// More of a kind than GitHub shows.
    static let many = report(
        (1...12).map { number in
            Diagnostic(
                rule: "unused-secret",
                severity: .warning,
                message: "warning \(number)",
                place: place("secrets/acme/s\(number).yaml", line: number, column: 1, length: 2, text: "id: x")
            )
        }
            + (1...11).map { number in
                Diagnostic(
                    rule: "unknown-secret",
                    severity: .error,
                    message: "error \(number)",
                    place: Diagnostic.Place(path: "providers/acme/p\(number).yaml")
                )
            }
    )

    static let hostileText = "a\u{1b}[31m\r\n::error::x ##[y] <&>\"' ]]> \u{202e}\u{200b}\u{0} %0A,:\t模型"

    static let diagnostics = [
        Diagnostic(
            rule: "unknown-provider-slug",
            severity: .error,
            message: "\"antropic\" is not a provider slug",
            place: place("providers/acme/claude.yaml", line: 4, column: 11, length: 8, text: "provider: antropic"),
            help: "one of openai, anthropic",
            label: "did you mean \"anthropic\"?",
            replacement: Diagnostic.Replacement(text: "anthropic", isSafe: true)
        ),
        Diagnostic(
            rule: "duplicate-id",
            severity: .error,
            message: "the id is already in use",
            place: place("providers/acme/copy.yaml", line: 1, column: 5, length: 3, text: "id: aip"),
            related: [
                Diagnostic.Related(
                    message: "first used here",
                    place: place("providers/acme/claude.yaml", line: 1, column: 5, length: 3, text: "id: aip")
                )
            ]
        ),
        Diagnostic(
            rule: "unexpected-file",
            severity: .warning,
            message: "this is not read",
            place: Diagnostic.Place(path: "providers/acme/READ ME.md")
        ),
        Diagnostic(
            rule: "invalid-value",
            severity: .error,
            message: hostileText,
            place: Diagnostic.Place(
                path: "providers/acme/" + hostileText + ".yaml",
                span: SourceSpan(
                    line: 12,
                    column: 3,
                    endLine: 14,
                    endColumn: 2,
                    byteColumn: 5,
                    endByteColumn: 4,
                    byteOffset: 300,
                    byteLength: 40
                ),
                excerpt: Excerpt(
                    text: "\t\(hostileText)",
                    caretOffset: 1,
                    caretLength: 6,
                    isCutAtStart: true,
                    isCutAtEnd: true
                )
            ),
            help: hostileText,
            label: hostileText,
            replacement: Diagnostic.Replacement(text: hostileText, isSafe: false)
        ),
    ]

    private static func report(_ diagnostics: [Diagnostic]) -> Report {
        Report(
            diagnostics: diagnostics.sorted(by: Diagnostic.isOrderedBefore),
            files: ["providers/acme/claude.yaml", "providers/acme/copy.yaml", "roster.yaml"],
            summary: Report.Summary(
                errors: diagnostics.count { $0.severity == .error },
                warnings: diagnostics.count { $0.severity == .warning },
                projects: 1,
                providers: 2,
                secrets: 0
            ),
            rules: ["duplicate-id", "invalid-value", "unexpected-file", "unknown-provider-slug", "unused-secret"].map {
                Report.RuleDescription(name: $0, severity: .error, summary: "when \($0)", explanation: "Why \($0).")
            },
            toolVersion: "1.2.3"
        )
    }

    private static func place(
        _ path: String,
        line: Int,
        column: Int,
        length: Int,
        text: String
    ) -> Diagnostic.Place {
        Diagnostic.Place(
            path: path,
            span: SourceSpan(
                line: line,
                column: column,
                endLine: line,
                endColumn: column + length,
                byteColumn: column,
                endByteColumn: column + length,
                byteOffset: 100 + column,
                byteLength: length
            ),
            excerpt: Excerpt(
                text: text,
                caretOffset: column - 1,
                caretLength: length,
                isCutAtStart: false,
                isCutAtEnd: false
            )
        )
    }
}
