import RosterBytes
public import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterSemantics
import RosterSources

/// The problems of a repository.
public struct Diagnosis: Sendable {
    /// The diagnostics, in order.
    public let diagnostics: [Diagnostic]
    /// The numbers of problems and records.
    public let summary: Report.Summary
    /// A Boolean value that indicates whether `roster.yaml` has an `access` section; nil when it could not be read.
    package let hasAccess: Bool?

    private let listing: Listing
    private let pathPrefix: String

    init(_ diagnostics: [Diagnostic], of repository: LinkedRepository, roster: CheckedFile?, pathPrefix: String) {
        self.diagnostics = diagnostics
        self.pathPrefix = pathPrefix
        listing = repository.listing
        var (providers, secrets) = (0, 0)
        for file in listing.files.indices.dropFirst() {
            if listing.role(of: file) == .provider { providers += 1 } else { secrets += 1 }
        }
        let errors = diagnostics.count { $0.severity == .error }
        summary = Report.Summary(
            errors: errors,
            warnings: diagnostics.count - errors,
            projects: repository.roster.projects.count,
            providers: providers,
            secrets: secrets
        )
        if case .roster(let roster) = roster?.record { hasAccess = roster.value.access != nil } else { hasAccess = nil }
    }

    /// A Boolean value that indicates whether there is an error, so that there is no registry.
    public var hasErrors: Bool { summary.errors > 0 }

    /// The paths of the files, relative to git's top level, ordered by their bytes.
    public var paths: [String] {
        listing.files.map { pathPrefix + $0.path }.sorted { $0.precedesInBytes($1) }
    }

    /// Returns a path relative to the tree's root.
    func relative(_ path: String) -> String {
        String(decoding: path.utf8.dropFirst(pathPrefix.utf8.count), as: UTF8.self)
    }
}
