package import RosterCompiler
import RosterDiagnostics
import RosterModel
package import RosterSemantics
import RosterSources

/// A side of a review after reading, by reference: it has dozens of fields, and a review has up to four sides.
package final class ReviewedTree: Sendable {
    /// The records; empty without a repository.
    package let records: PartialRegistry
    /// The result of the check; nil without a repository.
    package let checked: AnalyzedRepository?
    /// The number of problems that `check` reports in the files that were read.
    package let diagnostics: Int
    /// The number of these problems that are errors.
    package let errors: Int
    /// The path from git's top level to the repository, empty or with a trailing `/`.
    let pathPrefix: String

    let filesByPath: [String: Int]
    /// Positions of providers by id; more than one for a duplicate id.
    let providersByID: [String: [Int]]
    let secretsByID: [String: [Int]]

    /// Creates a side from records, and from the check that found them.
    init(_ records: PartialRegistry, pathPrefix: String, checked: AnalyzedRepository? = nil) {
        (self.records, self.pathPrefix, self.checked) = (records, pathPrefix, checked)
        (diagnostics, errors) = (checked?.diagnostics.count ?? 0, checked?.summary.errors ?? 0)
        filesByPath = Dictionary(records.files.enumerated().map { ($1.path, $0) }) { _, last in last }
        providersByID = Dictionary(grouping: records.providers.indices) { records.providers[$0].id }
        secretsByID = Dictionary(grouping: records.secrets.indices) { records.secrets[$0].id }
    }

    /// Creates a side from the result of a check.
    convenience init(_ checked: AnalyzedRepository, pathPrefix: String) {
        self.init(checked.partial, pathPrefix: pathPrefix, checked: checked)
    }

    /// Returns the number of errors that another side does not have, regardless of their lines.
    package func errorCount(notIn other: ReviewedTree) -> Int { errors(notIn: other).count }

    /// Returns the errors that another side does not have, regardless of their lines.
    func errors(notIn other: ReviewedTree) -> [ReviewedError] {
        var known: [ReviewedError: Int] = [:]
        for error in other.allErrors { known[error, default: 0] += 1 }
        return allErrors.filter { error in
            guard let count = known[error], count > 0 else { return true }
            known[error] = count - 1
            return false
        }
    }

    /// All errors of this side.
    var allErrors: [ReviewedError] {
        (checked?.diagnostics ?? []).filter { $0.severity == .error }
            .map { ReviewedError(rule: $0.rule, path: $0.place.path, message: $0.message) }
    }

    /// Returns the file at a path; nil if there is none.
    func file(_ path: String) -> PartialRegistry.File? { filesByPath[path].map { records.files[$0] } }

    func file(of provider: PartialRegistry.Provider) -> PartialRegistry.File { records.files[provider.file] }

    func file(of secret: PartialRegistry.Secret) -> PartialRegistry.File { records.files[secret.file] }

    /// Returns the path of the secret that a provider links; nil if it links none, or one that cannot be read.
    func pathOfSecret(linkedBy provider: PartialRegistry.Provider) -> String? {
        guard provider.secretID != nil, let secret = provider.secret else { return nil }
        return FileRole.secret.path(project: file(of: provider).project, handle: secret)
    }

    /// A Boolean value that indicates whether `roster.yaml` is absent or could be parsed at least in part.
    var isRosterRead: Bool { records.files.isEmpty || records.files[0].state == .read }

    /// A Boolean value that indicates whether `roster.yaml` is absent or has no errors.
    package var isRosterWhole: Bool { records.files.first.map { $0.state == .read && !$0.hasErrors } ?? true }

    /// The number of providers' files, including those that were not read.
    var providerFileCount: Int { checked?.providerFileCount ?? 0 }
}

/// An error without its line, so that the same error of both sides is equal.
struct ReviewedError: Hashable {
    var rule: String
    /// Relative to git's top level.
    var path: String
    var message: String
}

extension PartialRegistry.File {
    /// `<project>/<handle>`.
    var fullName: String { project + "/" + handle }

    /// Returns whether the file has the same bytes as another.
    func hasSameContents(as other: PartialRegistry.File) -> Bool {
        if let object, let second = other.object { return object == second }
        return bytes == other.bytes
    }
}
