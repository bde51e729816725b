/// Does with a provider, as soon as its file is read, all that is left to do: it is linked, written down and let go.
struct ProviderFinisher {
    private let targets: LinkTargets
    private let kept: KeptContents
    private(set) var linker: ProviderLinker
    /// Nil when the registry's document is not asked for.
    private(set) var text: ProviderText?

    /// Starts with a run of files.
    init(_ targets: LinkTargets, _ range: Range<FileIndex>, _ kept: KeptContents) {
        self.targets = targets
        self.kept = kept
        linker = ProviderLinker(targets)
        if kept.contains(.document) { text = ProviderText(isFirst: range.lowerBound == 1, count: range.count) }
    }

    /// Finishes with a file that was read.
    mutating func finish(_ file: inout ReadFile) {
        guard case .provider(let provider) = file.declaration else { return }
        file.link = linker.link(provider)
        if text != nil { write(provider, file) }
        if !kept.contains(.values) { file.declaration = .letGo }
    }

    private mutating func write(_ provider: Shared<ProviderDeclaration>, _ file: ReadFile) {
        let modified = file.modified ?? 0
        let linked = LinkedProvider(
            provider,
            in: targets.listing.files[provider.value.file],
            line: file.firstLine,
            dates: FileDates(created: modified, updated: modified),
            projectID: targets.projectIDs[Int(targets.listing.folderOfFile[provider.value.file])],
            secretID: targets.secret(at: file.link)?.value.id?.value
        )
        if let linked { text?.append(linked, of: provider.value.file) }
    }
}
