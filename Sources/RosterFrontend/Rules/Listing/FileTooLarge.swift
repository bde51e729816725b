package import RosterDiagnostics
import RosterSources

/// `file-too-large`: a file exceeds the size limit for its kind.
package enum FileTooLarge: Rule {
    package static let name = "file-too-large"
    package static let severity = Severity.error
    package static let summary = "a file exceeds the size limit for its kind"
    package static let explanation = """
        A provider's file is limited to 64 KiB, a secret's to 512 KiB and roster.yaml to 16 MiB, which is far more \
        than a real record needs. A larger file was not read. Check what was added to it.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider + String(repeating: "# padding\n", count: 7000)
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func report(_ role: FileRole, file: FileIndex, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: .file(file, nil),
            "the file has more than \(role.sizeLimit / 1024) KiB and was not read",
            help: "check what was added to it"
        )
    }
}
