import RosterBackend
import RosterCatalogue
import RosterFrontend
import RosterSemantics
import RosterSources

/// The pipeline from the files of a listing to linked records, with several chunks at a time and results in order.
///
/// Secrets come before providers, so that a provider can be linked as soon as it is parsed. Every file is read once.
struct RepositoryPipeline {
    let listed: ListedTree
    let purpose: PipelinePurpose
    let reusable: ReusableFiles?
    let progress: @Sendable (_ done: Int, _ of: Int) -> Void

    private var listing: Listing { listed.listing }
    private var tree: any SourceTree { listed.tree }

    /// The smallest number of files for which a second thread is faster.
    private static let worthSplitting = 200

    /// Runs the stages for every file, and passes the document to an emitter; `hasErrors` indicates errors of the
    /// listing.
    func run(
        concurrency: Int,
        hasErrors: Bool,
        into emitter: inout DocumentEmitter<some RegistrySink>
    ) async throws -> PipelineResult {
        let count = listing.files.count
        var done = 0
        func advance(_ chunk: Chunk) {
            done += chunk.files.count
            progress(done, count)
        }
        let models = try await ModelsFile(of: listed)
        let roster: Chunk
        if listing.isRosterReadable {
            roster = try await read(0..<1, in: nil, linking: nil, models: nil)
        } else {
            var pipeline = ChunkPipeline(0..<1, of: listing, for: purpose, in: nil, linking: nil, models: nil)
            pipeline.add(.broken, isClean: false)
            roster = pipeline.finish()
        }
        advance(roster)
        let projects = ProjectTable(listing: listing, roster: roster.files[0])
        var secrets: [Chunk] = []
        let files = listing.firstSecret..<count
        try await forEachChunk(of: files, concurrency, in: projects, linking: nil, models: nil) { chunk in
            secrets.append(chunk)
            advance(chunk)
        }
        let index = SecretIndex(projects, secrets: secrets.lazy.flatMap(\.files))
        var result = PipelineResult(
            files: roster.files,
            findings: roster.findings,
            index: index,
            providers: ProviderTable(of: listing, models: models.catalogue, capacity: listing.firstSecret),
            models: models
        )
        result.contents.append(roster.contents)
        result.providers.skip(projects: listing.projectsWithUnreadProviders)
        result.hasErrors =
            hasErrors || models.problem != nil || roster.hasErrors || secrets.contains(where: \.hasErrors)
        result.files.reserveCapacity(count)
        let catalogue = models.catalogue
        let providers = 1..<listing.firstSecret
        try await forEachChunk(of: providers, concurrency, in: projects, linking: index, models: catalogue) { chunk in
            result.append(chunk)
            result.hasErrors = result.hasErrors || chunk.hasErrors
            if let text = chunk.text {
                emitter.appendProviders(text, in: projects, hasErrors: result.hasErrors)
            }
            advance(chunk)
        }
        for chunk in secrets {
            result.append(chunk)
            if let text = chunk.text { emitter.appendSecrets(text) }
        }
        return result
    }

    /// Runs the stages for `roster.yaml` and some files; the others are present and not read.
    func run(only wanted: Set<Int>) async throws -> PipelineResult {
        let wanted = (listing.isRosterReadable ? [0] : []) + wanted.subtracting([0]).sorted()
        var files = Array(repeating: CheckedFile.unread, count: listing.files.count)
        if !listing.isRosterReadable { files[0] = .broken }
        var parser = FileParser(listing, config: purpose.configForm)
        var rest: [FileIndex] = []
        for index in wanted {
            if let file = reusable?.file(at: index, as: listing.files[index], &parser.findings) {
                files[index] = file
            } else {
                rest.append(index)
            }
        }
        try await tree.read(rest.map { listing.files[$0] }[...]) { position, reading in
            files[rest[position]] = CheckedFile(
                parser.parse(rest[position], as: listing.role(of: rest[position]), reading)
            )
        }
        let projects = ProjectTable(listing: listing, roster: files[0])
        let index = SecretIndex(projects, secrets: files[listing.firstSecret...])
        var linker = Linker(index)
        let models = try await ModelsFile(of: listed)
        var providers = ProviderTable(of: listing, models: models.catalogue, capacity: wanted.count)
        for file in wanted where listing.role(of: file) == .provider {
            if case .provider(let provider) = files[file].record {
                providers.append(provider, linker.link(provider), keepsDeclaration: true)
            } else {
                providers.appendBroken(file)
            }
        }
        providers.skip(projects: listing.projectsWithUnreadProviders)
        providers.skip((1..<listing.firstSecret).lazy.filter { !files[$0].isRead })
        return PipelineResult(
            files: files,
            findings: parser.findings,
            index: index,
            providers: providers,
            models: models,
            linkFindings: linker.findings,
            linkedSecrets: linker.linked,
            unresolvedLinks: linker.unresolved
        )
    }

    /// Returns the declarations of providers that were released, parsed again from the retained bytes.
    func declarations(of wanted: [FileIndex], in result: PipelineResult) -> [FileIndex: Shared<ProviderDeclaration>] {
        var parser = FileParser(listing, config: .valid)
        var declarations: [FileIndex: Shared<ProviderDeclaration>] = [:]
        for file in wanted {
            let reading = FileReading.contents(result.bytes(of: file), modified: nil)
            if case .provider(let provider) = parser.parse(file, as: .provider, reading).declaration {
                declarations[file] = provider
            }
        }
        return declarations
    }

    // MARK: - Chunks

    /// Runs the stages for a range in chunks, several at a time, and receives their results in order.
    private func forEachChunk(
        of range: Range<FileIndex>,
        _ concurrency: Int,
        in projects: ProjectTable,
        linking index: SecretIndex?,
        models: ModelCatalogue?,
        _ receive: (Chunk) -> Void
    ) async throws {
        let ranges = stride(from: range.lowerBound, to: range.upperBound, by: tree.filesPerRead).map {
            $0..<min($0 + tree.filesPerRead, range.upperBound)
        }
        guard concurrency > 1, range.count >= Self.worthSplitting else {
            for range in ranges { receive(try await read(range, in: projects, linking: index, models: models)) }
            return
        }
        let body: @Sendable (Range<FileIndex>) async throws -> Chunk = {
            try await read($0, in: projects, linking: index, models: models)
        }
        try await OrderedTasks.forEach(ranges, concurrency: concurrency, body, receive: receive)
    }

    /// Runs the stages for a chunk.
    private func read(
        _ range: Range<FileIndex>,
        in projects: ProjectTable?,
        linking index: SecretIndex?,
        models: ModelCatalogue?
    ) async throws -> Chunk {
        var pipeline = ChunkPipeline(range, of: listing, for: purpose, in: projects, linking: index, models: models)
        var start = range.lowerBound
        while start < range.upperBound {
            if let file = reusable?.file(at: start, as: listing.files[start], &pipeline.parser.findings) {
                pipeline.add(file, isClean: false)
                start += 1
                continue
            }
            let isRead = reusable.map { reusable in { !reusable.has(listing.files[$0], at: $0) } } ?? { _ in true }
            let end = (start + 1..<range.upperBound).first { !isRead($0) } ?? range.upperBound
            try await tree.read(listing.files[start..<end]) { file, reading in pipeline.add(reading, at: file) }
            start = end
        }
        return pipeline.finish()
    }
}

extension PipelineResult {
    /// Adds a chunk, whose files follow.
    fileprivate mutating func append(_ chunk: Chunk) {
        files += chunk.files
        contents.append(chunk.contents)
        providers.append(contentsOf: chunk.providers)
        findings.append(contentsOf: chunk.findings)
        linkFindings.append(contentsOf: chunk.linkFindings)
        linkedSecrets.formUnion(chunk.linkedSecrets)
        unresolvedLinks += chunk.unresolvedLinks
    }
}
