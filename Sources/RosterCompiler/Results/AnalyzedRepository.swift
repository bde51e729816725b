public import RosterDiagnostics
import RosterBackend
import RosterFrontend
public import RosterModel
import RosterSemantics
public import RosterSources

/// A repository whose files were read and checked, with its records.
public struct AnalyzedRepository: Sendable {
    /// The results, by reference: they have dozens of fields, and callers keep several repositories.
    private let results: Shared<Results>

    private struct Results {
        let diagnosis: Diagnosis
        let files: [CheckedFile]
        let findings: Findings
        let linkFindings: Findings
        let repository: LinkedRepository
        let pathPrefix: String
    }

    init(
        diagnosis: Diagnosis,
        files: [CheckedFile],
        findings: Findings,
        linkFindings: Findings,
        repository: LinkedRepository,
        pathPrefix: String
    ) {
        results = Shared(
            Results(
                diagnosis: diagnosis,
                files: files,
                findings: findings,
                linkFindings: linkFindings,
                repository: repository,
                pathPrefix: pathPrefix
            )
        )
    }

    /// The problems.
    public var diagnosis: Diagnosis { results.value.diagnosis }

    var files: [CheckedFile] { results.value.files }

    /// The findings in single files.
    var findings: Findings { results.value.findings }

    /// The findings in providers' links.
    var linkFindings: Findings { results.value.linkFindings }

    var repository: LinkedRepository { results.value.repository }

    var pathPrefix: String { results.value.pathPrefix }

    /// The diagnostics, in order.
    public var diagnostics: [Diagnostic] { diagnosis.diagnostics }

    /// A Boolean value that indicates whether there is an error, so that there is no registry.
    public var hasErrors: Bool { diagnosis.hasErrors }

    /// The numbers of problems and records.
    public var summary: Report.Summary { diagnosis.summary }

    /// The paths of the files, relative to git's top level, ordered by their bytes.
    public var paths: [String] { diagnosis.paths }

    /// A Boolean value that indicates whether `roster.yaml` has an `access` section; nil when it could not be read.
    package var hasAccess: Bool? { diagnosis.hasAccess }

    /// The files, for a ``HistorySource``.
    public var datedFiles: [DatedFile] {
        zip(repository.listing.files, files).map { DatedFile(path: $0.path, bytes: $1.bytes, modified: $1.modified) }
    }

    /// The first file whose modification time no registry can have; nil when all are usable.
    package var undatableFile: (path: String, modified: Int64)? {
        files.undatableFile(in: repository.listing, pathPrefix: pathPrefix)
    }

    /// Returns the registry; nil when there are errors.
    public func registry(history: TreeHistory) -> Registry? {
        hasErrors ? nil : readableRegistry(history: history)
    }

    /// Returns the registry, built by several threads; nil when there are errors.
    package func registry(history: TreeHistory, concurrency: Int) async -> Registry? {
        guard !hasErrors else { return nil }
        return await RegistryBuilder(repository, files: files, history: history).build(concurrency: concurrency)
    }

    /// Returns the records that could be read, whether or not there are errors: to show, never to publish.
    package func readableRegistry(history: TreeHistory) -> Registry {
        RegistryBuilder(repository, files: files, history: history).build()
    }
}

extension [CheckedFile] {
    /// Returns the first file whose modification time no registry can have.
    func undatableFile(in listing: Listing, pathPrefix: String) -> (path: String, modified: Int64)? {
        for index in indices {
            guard let modified = self[index].modified, !TreeHistory.dateRange.contains(modified) else { continue }
            return (pathPrefix + listing.files[index].path, modified)
        }
        return nil
    }
}
