package import RosterFrontend
package import RosterSources

/// A file of a repository, after the parser.
package struct CheckedFile: Sendable {
    /// The record in the file.
    package var record: Record
    /// The file's bytes; empty when it could not be read.
    package var bytes: [UInt8] = []
    /// The modification time in seconds since 1970, where the tree has one.
    package var modified: Int64?
    /// The comments that silence warnings.
    package var suppressions: [Suppression] = []
    /// The line of the record's first key, from 1.
    package var firstLine = 1
    /// A Boolean value that indicates whether the file was read.
    package var isRead = true

    /// The dates of the file itself, for a history that has none.
    package var ownDates: FileDates { FileDates(created: modified ?? 0, updated: modified ?? 0) }

    /// The record in a file.
    package enum Record: Sendable {
        case provider(Shared<ProviderDeclaration>)
        case secret(Shared<SecretDeclaration>)
        case roster(Shared<RosterDeclaration>)
        /// A provider that was read and whose declaration was released.
        case released
        /// The file could not be read, which was reported.
        case broken
    }

    /// A file that was not read.
    package static let unread = CheckedFile(record: .broken, isRead: false)

    /// A `roster.yaml` that is not a file.
    package static let broken = CheckedFile(record: .broken, isRead: true)

    private init(record: Record, isRead: Bool) {
        self.record = record
        self.isRead = isRead
    }

    /// Takes over a file from the parser.
    package init(_ file: consuming ParsedFile) {
        bytes = file.bytes
        modified = file.modified
        suppressions = file.suppressions
        firstLine = file.firstLine
        switch file.declaration {
        case .provider(let provider): record = .provider(provider)
        case .secret(let secret): record = .secret(secret)
        case .roster(let roster): record = .roster(roster)
        case .broken: record = .broken
        }
    }
}
