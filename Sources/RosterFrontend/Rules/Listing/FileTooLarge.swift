package import RosterDiagnostics
import RosterSources

/// `file-too-large`: a file is larger than its kind may be.
package enum FileTooLarge: Rule {
    package static let name = "file-too-large"
    package static let severity = Severity.error
    package static let summary = "a file is larger than its kind may be"
    package static let explanation = """
        A provider's file may have 64 KiB, a secret's 512 KiB and roster.yaml 16 MiB. No honest file comes near; a larger \
        one was not read. Look at what got into it.
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
            help: "look at what got into it"
        )
    }
}
