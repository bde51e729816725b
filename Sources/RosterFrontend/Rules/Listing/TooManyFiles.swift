package import RosterDiagnostics
import RosterSources

/// `too-many-files`: more than 250,000 entries under providers/ and secrets/.
package enum TooManyFiles: ListingRule {
    package static let name = "too-many-files"
    package static let severity = Severity.error
    package static let summary = "more than 250,000 entries under providers/ and secrets/"
    package static let explanation = """
        A repository may have 250,000 files and folders under providers/ and secrets/ together. Entries after the \
        limit were not read. Split the repository.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider,
        special: .files(folder: "providers/acme", count: RepositoryLayout.entryLimit)
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(_ problem: ListingProblem, _ findings: inout Findings) {
        if case .tooManyEntries(let path) = problem { report(path: path, &findings) }
    }

    static func report(path: String, _ findings: inout Findings) {
        let limit = RepositoryLayout.entryLimit
        findings.report(
            Self.self,
            at: .path(path),
            "more than \(limit) files and folders; this folder and those after it were not read",
            help: "split the repository"
        )
    }
}
