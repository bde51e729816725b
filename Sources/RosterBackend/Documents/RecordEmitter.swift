package import RosterFrontend
import RosterModel
package import RosterSemantics
package import RosterSources

/// The emitter of consecutive records of one kind into the registry's document.
package struct RecordEmitter: ~Copyable {
    private let projects: ProjectTable
    private var writer: RecordText.Writer

    /// Creates an emitter for a range of files.
    package init(_ range: Range<FileIndex>, in projects: ProjectTable) {
        self.projects = projects
        let isFirst = range.lowerBound == 1 || range.lowerBound == projects.listing.firstSecret
        writer = RecordText.Writer(isFirst: isFirst, count: range.count)
    }

    /// Returns the text of the records.
    package consuming func finish() -> RecordText { writer.finish() }

    /// Emits a provider with the secret that it links; one that was refused has no record.
    package mutating func emit(
        _ provider: Shared<ProviderDeclaration>,
        in file: borrowing CheckedFile,
        linking secret: Shared<SecretDeclaration>?
    ) {
        let index = provider.value.file
        let record = ProviderRecord(
            provider,
            in: projects.listing.files[index],
            line: file.firstLine,
            dates: file.ownDates,
            projectID: projects.id(ofProjectWith: index),
            secretID: secret?.value.id?.value
        )
        if let record { writer.append(record, of: index) }
    }

    /// Emits a secret; one that was refused has no record.
    package mutating func emit(_ secret: SecretDeclaration, in file: borrowing CheckedFile) {
        let record = Secret(
            secret,
            in: projects.listing.files[secret.file],
            line: file.firstLine,
            dates: file.ownDates,
            projectID: projects.id(ofProjectWith: secret.file)
        )
        if let record { writer.append(record, of: secret.file) }
    }
}
