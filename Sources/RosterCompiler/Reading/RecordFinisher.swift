import RosterModel
import RosterSources

/// Does with a record, as soon as its file is read, all that is left to do: a provider is linked, what the registry's
/// document is made of is written down, and a provider is let go.
struct RecordFinisher: ~Copyable {
    private let projects: ProjectTable
    private let targets: LinkTargets?
    private let kept: KeptContents
    private(set) var linker: ProviderLinker?
    /// Nil when the registry's document is not asked for.
    private var writer: RecordText.Writer?

    /// Starts with a run of files; providers need something to be linked with.
    init(
        _ range: Range<FileIndex>,
        in projects: ProjectTable,
        linking targets: LinkTargets?,
        keeping kept: KeptContents
    ) {
        self.projects = projects
        self.targets = targets
        self.kept = kept
        linker = targets.map(ProviderLinker.init)
        if kept.contains(.document) {
            let isFirst = range.lowerBound == 1 || range.lowerBound == projects.listing.firstSecret
            writer = RecordText.Writer(isFirst: isFirst, count: range.count)
        }
    }

    /// Hands over what was written down; nil when the registry's document is not asked for.
    mutating func takeText() -> RecordText? { writer.take()?.finish() }

    /// Finishes with a file that was read.
    mutating func finish(_ file: inout ReadFile) {
        switch file.declaration {
        case .provider(let provider):
            file.link = linker?.link(provider) ?? .nowhere
            if writer != nil { write(provider, file) }
            if !kept.contains(.values) { file.declaration = .letGo }
        case .secret(let secret):
            if writer != nil { write(secret.value, file) }
        case .roster, .letGo, .broken:
            break
        }
    }

    private mutating func write(_ provider: Shared<ProviderDeclaration>, _ file: ReadFile) {
        let index = provider.value.file
        let linked = LinkedProvider(
            provider,
            in: projects.listing.files[index],
            line: file.firstLine,
            dates: file.ownDates,
            projectID: projects.id(ofProjectWith: index),
            secretID: targets?.secret(at: file.link)?.value.id?.value
        )
        if let linked { writer?.append(linked, of: index) }
    }

    private mutating func write(_ secret: SecretDeclaration, _ file: ReadFile) {
        let record = Secret(
            secret,
            in: projects.listing.files[secret.file],
            line: file.firstLine,
            dates: file.ownDates,
            projectID: projects.id(ofProjectWith: secret.file)
        )
        if let record { writer?.append(record, of: secret.file) }
    }
}
