import RosterBytes
public import RosterDiagnostics
public import RosterModel
public import RosterSources

/// Compiles a repository: from its files to diagnostics, and to a registry when there is no error among them.
public struct Compiler: Sendable {
    /// What a compilation is asked for.
    public struct Options: Sendable {
        /// The day that `rotateBy` and `expires` are held against, UTC.
        public var today: CalendarDate
        /// What stands before every path in diagnostics: the way from git's top level to the repository, empty or with
        /// a `/` at its end.
        public var pathPrefix: String
        /// How many files are read at once.
        public var concurrency: Int
        /// What is kept for who asks for it later.
        public var kept: KeptContents
        /// Makes the random id, with a prefix, that a diagnostic offers; nil offers none, so that the same files always have
        /// the same diagnostics.
        public var makesID: (@Sendable (_ prefix: String) -> String)?

        /// Makes options.
        public init(
            today: CalendarDate,
            pathPrefix: String = "",
            concurrency: Int = 1,
            keeping kept: KeptContents = [.bytes, .values],
            makesID: (@Sendable (_ prefix: String) -> String)? = nil
        ) {
            self.today = today
            self.pathPrefix = pathPrefix
            self.concurrency = max(1, concurrency)
            self.kept = kept
            self.makesID = makesID
        }
    }

    private let options: Options

    /// Makes a compiler.
    public init(_ options: Options) { self.options = options }

    /// Validates everything in a tree.
    ///
    /// `progress` is called now and then with the number of files that were read and that there are. What is wrong in
    /// files is never thrown: only ``RepositoryError``, and what the tree throws.
    public func check(
        _ tree: any SourceTree,
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws -> Checked {
        try await check(tree, reusing: nil, progress: progress)
    }

    /// The same, of a tree that was checked before: files that are as they were are not read again.
    package func check(
        _ tree: any SourceTree,
        reusing files: ReusableFiles?,
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws -> Checked {
        try await check(try await list(tree), reusing: files, progress: progress)
    }

    /// Walks a tree without reading its files.
    package func list(_ tree: any SourceTree) async throws -> ListedTree { try await ListedTree(of: tree) }

    /// Validates a tree that was walked.
    ///
    /// With `reading`, only `roster.yaml` and the files at those positions are read; of the others it is known that
    /// they are there, and nothing is found in them. With `writing`, the document is handed over as far as it goes while
    /// files are read, and not kept.
    package func check(
        _ listed: ListedTree,
        reading wanted: Set<Int>? = nil,
        reusing files: ReusableFiles? = nil,
        writing document: DocumentStream? = nil,
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws -> Checked {
        precondition(wanted == nil || !options.kept.contains(.document), "a document is of all files")
        let listing = listed.listing
        var listingFindings = Findings()
        ListingRules.report(listed.problems, &listingFindings)
        let isRosterRead = listing.isRosterReadable
        let reader = ParallelReader(
            tree: listed.tree,
            listing: listing,
            reusable: files,
            kept: options.kept,
            progress: progress
        )
        var read =
            if let wanted {
                try await reader.read(only: wanted, isRosterRead: isRosterRead)
            } else {
                try await reader.read(
                    concurrency: options.concurrency,
                    isRosterRead: isRosterRead,
                    hasErrors: listingFindings.hasErrors,
                    writing: document
                )
            }
        var model = await LinkedModel(read, today: options.today)
        let unsettled = model.wantedFiles
        if !unsettled.isEmpty { model.restore(try await reader.fetchDeclarations(of: unsettled, in: read.files)) }
        var findings = listingFindings
        findings.append(contentsOf: read.findings)
        findings.append(contentsOf: LinkedRules.findings(in: model))
        findings.append(contentsOf: read.linkFindings)
        if !options.kept.contains(.bytes) {
            let bare = findings.files.filter { read.files[$0].bytes.isEmpty }.sorted()
            if !bare.isEmpty { try await reader.fetchBytes(of: bare, into: &read.files) }
        }
        var resolver = FindingResolver(
            listing: listing,
            files: read.files,
            pathPrefix: options.pathPrefix,
            makesID: options.makesID
        )
        return Checked(
            diagnostics: resolver.resolve(findings),
            files: read.files,
            readingFindings: read.findings,
            model: model,
            texts: read.texts,
            isDocumentBegun: read.isDocumentBegun,
            pathPrefix: options.pathPrefix,
            kept: options.kept
        )
    }
}

/// A tree whose every file was read and checked.
public struct Checked: Sendable {
    /// In order.
    public let diagnostics: [Diagnostic]
    let files: [ReadFile]
    /// What was found in files by themselves.
    let readingFindings: Findings
    let model: LinkedModel
    fileprivate let texts: (providers: [RecordText], secrets: [RecordText])
    fileprivate let isDocumentBegun: Bool
    let pathPrefix: String
    let kept: KeptContents

    /// Whether there is an error, so that there is no registry.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// What was counted.
    public var summary: Report.Summary {
        var (providers, secrets) = (0, 0)
        for file in model.listing.files.indices.dropFirst() {
            if model.listing.role(of: file) == .provider { providers += 1 } else { secrets += 1 }
        }
        let errors = diagnostics.count { $0.severity == .error }
        return Report.Summary(
            errors: errors,
            warnings: diagnostics.count - errors,
            projects: model.roster.projects.count,
            providers: providers,
            secrets: secrets
        )
    }

    /// Whether `roster.yaml` has an `access` section; nil when it could not be read.
    package var hasAccess: Bool? {
        if case .roster(let roster) = files.first?.declaration { roster.value.access != nil } else { nil }
    }

    /// The files that were read, relative to git's top level, by the bytes of their paths.
    public var paths: [String] {
        model.listing.files.map { pathPrefix + $0.path }.sorted { $0.precedesInBytes($1) }
    }

    /// The files with what dates them.
    public var datedFiles: [DatedFile] {
        zip(model.listing.files, files).map { DatedFile(path: $0.path, bytes: $1.bytes, modified: $1.modified) }
    }

    /// The first file whose modification time no registry holds; nil when all have usable ones.
    package var undatableFile: (path: String, modified: Int64)? {
        for index in files.indices {
            guard let modified = files[index].modified, !TreeHistory.dateRange.contains(modified) else { continue }
            return (pathPrefix + model.listing.files[index].path, modified)
        }
        return nil
    }

    /// The registry, made by several threads; nil when there are errors.
    package func registry(history: TreeHistory, concurrency: Int) async -> Registry? {
        guard !hasErrors else { return nil }
        return await builder(history).build(concurrency: concurrency)
    }

    /// Hands the compiled registry's bytes over, in pieces that follow one another; nothing when there are errors.
    ///
    /// What was handed over while files were read does not come again; the history is the one that it was dated with.
    package func writeRegistry<Failure: Error>(
        history: TreeHistory,
        piece: (_ bytes: [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        guard !hasErrors else { return }
        precondition(kept.contains(.document), "the registry's document was not kept")
        let pieces = RegistryEncoder.frame(Registry(model.roster, history: history))
            .pieces(hasProviders: !model.providers.isEmpty, hasSecrets: !model.secrets.isEmpty)
        if !isDocumentBegun {
            try piece(pieces.head)
            for text in texts.providers { try piece(text.bytes(dated: history, in: model.listing)) }
        }
        try piece(pieces.middle)
        for text in texts.secrets { try piece(text.bytes(dated: history, in: model.listing)) }
        try piece(pieces.tail)
    }

    /// The registry; nil when there are errors.
    public func registry(history: TreeHistory) -> Registry? {
        hasErrors ? nil : builder(history).build()
    }

    func builder(_ history: TreeHistory) -> RegistryBuilder {
        precondition(kept.contains(.values), "the registry's values were not kept")
        return RegistryBuilder(model: model, files: files, history: history)
    }
}
