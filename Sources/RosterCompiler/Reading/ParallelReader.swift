import RosterModel
import RosterSources

/// Reads every file of a listing, several at once, and gives the results in the listing's order.
///
/// Secrets come first, so that a provider is linked and written down as soon as it is read, while it is at hand.
struct ParallelReader {
    let tree: any SourceTree
    let listing: Listing
    let reusable: ReusableFiles?
    let kept: KeptContents
    let progress: @Sendable (_ done: Int, _ of: Int) -> Void

    /// Fewer files than this are read quicker than a second thread is started.
    private static let worthSplitting = 200

    /// Reads everything.
    ///
    /// Nothing is handed over to `document` when there are errors already, which `hasErrors` says, nor behind the first
    /// that is found.
    func read(
        concurrency: Int,
        isRosterRead: Bool,
        hasErrors: Bool,
        writing document: DocumentStream?
    ) async throws -> ReadTree {
        let count = listing.files.count
        var done = 0
        func advance(_ chunk: Chunk) {
            done += chunk.files.count
            progress(done, count)
        }
        var roster = Chunk(files: [ReadFile(declaration: .broken)])
        if isRosterRead { roster = try await read(0..<1, in: nil, linking: nil) }
        advance(roster)
        let projects = ProjectTable(listing: listing, roster: roster.files[0])
        var secrets: [ReadFile] = []
        var secretFindings = Findings()
        var secretTexts: [RecordText] = []
        try await forEachChunk(of: listing.firstSecret..<count, concurrency, in: projects, linking: nil) { chunk in
            secrets += chunk.files
            secretFindings.append(contentsOf: chunk.findings)
            if let text = chunk.text { secretTexts.append(text) }
            advance(chunk)
        }
        let targets = LinkTargets(projects, secrets: secrets)
        var result = ReadTree(
            files: roster.files,
            findings: roster.findings,
            targets: targets,
            providers: ReadProviders(of: listing)
        )
        result.texts.secrets = secretTexts
        result.hasErrors = hasErrors || roster.hasErrors || secretFindings.hasErrors
        result.files.reserveCapacity(count)
        try await forEachChunk(of: 1..<listing.firstSecret, concurrency, in: projects, linking: targets) { chunk in
            result.providers.append(chunk.files, from: result.files.count)
            result.files += chunk.files
            result.findings.append(contentsOf: chunk.findings)
            result.linkFindings.append(contentsOf: chunk.linkFindings)
            result.linkedSecrets.formUnion(chunk.linkedSecrets)
            result.unresolvedLinks += chunk.unresolvedLinks
            result.hasErrors = result.hasErrors || chunk.hasErrors
            if let text = chunk.text { handOver(text, to: document, &result) }
            advance(chunk)
        }
        result.files += secrets
        result.findings.append(contentsOf: secretFindings)
        return result
    }

    /// Writes a run of providers, or keeps it where nobody takes it yet.
    private func handOver(_ text: RecordText, to document: DocumentStream?, _ tree: inout ReadTree) {
        guard let document else { return tree.texts.providers.append(text) }
        guard !tree.hasErrors else { return }
        if !tree.isDocumentBegun {
            let frame = RegistryEncoder.frame(Registry(tree.targets.projects.roster, history: document.history))
            document.receive(frame.pieces(hasProviders: true, hasSecrets: false).head)
            tree.isDocumentBegun = true
        }
        document.receive(text.bytes(dated: document.history, in: listing))
    }

    /// Reads `roster.yaml` and the files that are wanted, one after another; the others are there and not read.
    func read(only wanted: Set<Int>, isRosterRead: Bool) async throws -> ReadTree {
        var files = Array(repeating: ReadFile(declaration: .broken, isRead: false), count: listing.files.count)
        let wanted = (isRosterRead ? [0] : []) + wanted.subtracting([0]).sorted()
        var reader = FileReader(listing)
        try await tree.read(wanted.map { listing.files[$0] }[...]) { position, reading in
            let index = wanted[position]
            files[index] = reader.read(index, as: listing.role(of: index), reading)
        }
        let projects = ProjectTable(listing: listing, roster: files[0])
        let targets = LinkTargets(projects, secrets: Array(files[listing.firstSecret...]))
        var linker = ProviderLinker(targets)
        var providers = ReadProviders(of: listing)
        for index in wanted where listing.role(of: index) == .provider {
            if case .provider(let provider) = files[index].declaration { files[index].link = linker.link(provider) }
            providers.append(files[index], at: index)
        }
        providers.skip((1..<listing.firstSecret).lazy.filter { !files[$0].isRead })
        return ReadTree(
            files: files,
            findings: reader.findings,
            targets: targets,
            providers: providers,
            linkFindings: linker.findings,
            linkedSecrets: linker.linked,
            unresolvedLinks: linker.unresolved
        )
    }

    /// Fetches bytes that were not kept; a file that has become unreadable has none.
    func fetchBytes(of wanted: [FileIndex], into files: inout [ReadFile]) async throws {
        try await tree.read(wanted.map { listing.files[$0] }[...]) { position, reading in
            if case .contents(let bytes, _) = reading { files[wanted[position]].bytes = bytes }
        }
    }

    /// Fetches declarations of providers that were let go.
    ///
    /// - Throws: ``RepositoryError/changedMeanwhile(_:)`` when one is not what it was: what was read of the tree is then of
    ///   no one state of it.
    func fetchDeclarations(
        of wanted: [FileIndex],
        in files: [ReadFile]
    ) async throws -> [FileIndex: Shared<ProviderDeclaration>] {
        var reader = FileReader(listing, keeping: [])
        var declarations: [FileIndex: Shared<ProviderDeclaration>] = [:]
        try await tree.read(wanted.map { listing.files[$0] }[...]) { position, reading in
            let index = wanted[position]
            let file = reader.read(index, as: .provider, reading)
            guard case .provider(let declaration) = file.declaration, file.hashes == files[index].hashes else { return }
            declarations[index] = declaration
        }
        if let changed = wanted.first(where: { declarations[$0] == nil }) {
            throw RepositoryError.changedMeanwhile(listing.files[changed].path)
        }
        return declarations
    }

    // MARK: - Chunks

    /// What a run of files gave.
    private struct Chunk: Sendable {
        var files: [ReadFile]
        var findings = Findings()
        var linkFindings = Findings()
        var linkedSecrets: Set<Int> = []
        var unresolvedLinks: [UnresolvedLink] = []
        var text: RecordText?

        var hasErrors: Bool { findings.hasErrors || linkFindings.hasErrors || !unresolvedLinks.isEmpty }
    }

    /// Reads a range in chunks, several at once, and hands them over in order.
    private func forEachChunk(
        of range: Range<FileIndex>,
        _ concurrency: Int,
        in projects: ProjectTable,
        linking targets: LinkTargets?,
        _ receive: (Chunk) -> Void
    ) async throws {
        let ranges = stride(from: range.lowerBound, to: range.upperBound, by: tree.filesPerRead).map {
            $0..<min($0 + tree.filesPerRead, range.upperBound)
        }
        guard concurrency > 1, range.count >= Self.worthSplitting else {
            for range in ranges { receive(try await read(range, in: projects, linking: targets)) }
            return
        }
        let body: @Sendable (Range<FileIndex>) async throws -> Chunk = {
            try await read($0, in: projects, linking: targets)
        }
        try await OrderedTasks.forEach(ranges, concurrency: concurrency, body, receive: receive)
    }

    /// Reads a chunk; records are finished with once there are projects for them.
    private func read(
        _ range: Range<FileIndex>,
        in projects: ProjectTable?,
        linking targets: LinkTargets?
    ) async throws -> Chunk {
        var reader = FileReader(listing, keeping: kept)
        var finisher = projects.map { RecordFinisher(range, in: $0, linking: targets, keeping: kept) }
        var files: [ReadFile] = []
        files.reserveCapacity(range.count)
        func add(_ file: consuming ReadFile) {
            files.append(file)
            finisher?.finish(&files[files.count - 1])
        }
        var start = range.lowerBound
        while start < range.upperBound {
            if let file = reusable?.file(at: start, as: listing.files[start], &reader.findings) {
                add(file)
                start += 1
                continue
            }
            let isRead = reusable.map { reusable in { !reusable.has(listing.files[$0], at: $0) } } ?? { _ in true }
            let end = (start + 1..<range.upperBound).first { !isRead($0) } ?? range.upperBound
            try await tree.read(listing.files[start..<end]) { index, reading in
                add(reader.read(index, as: listing.role(of: index), reading))
            }
            start = end
        }
        return Chunk(
            files: files,
            findings: reader.findings,
            linkFindings: finisher?.linker?.findings ?? Findings(),
            linkedSecrets: finisher?.linker?.linked ?? [],
            unresolvedLinks: finisher?.linker?.unresolved ?? [],
            text: finisher?.takeText()
        )
    }
}
