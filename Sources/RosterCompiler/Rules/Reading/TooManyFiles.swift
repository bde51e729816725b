import RosterDiagnostics
import RosterSources

/// `too-many-files`: more than 250,000 entries under providers/ and secrets/.
enum TooManyFiles: Rule {
    static let name = "too-many-files"
    static let severity = Severity.error
    static let summary = "more than 250,000 entries under providers/ and secrets/"
    static let explanation = """
        A repository may have 250,000 files and folders under providers/ and secrets/ together. What came after was not \
        read. Split the repository.
        """
    static let failing = RuleExample(
        provider: RuleExample.provider,
        special: .files(folder: "providers/acme", count: RepositoryLayout.entryLimit)
    )
    static let passing = RuleExample(provider: RuleExample.provider)

    static func report(path: String, _ findings: inout Findings) {
        let limit = RepositoryLayout.entryLimit
        findings.report(
            Self.self,
            at: .path(path),
            "more than \(limit) files and folders; this folder and what follows was not read",
            help: "split the repository"
        )
    }
}
