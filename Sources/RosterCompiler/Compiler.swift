public import RosterBackend
import RosterBytes
import RosterDiagnostics
import RosterFrontend
public import RosterModel
import RosterSemantics
public import RosterSources

/// A compiler of repositories: from files to diagnostics, and to a registry when there is no error among them.
///
/// Problems in files are diagnostics and are never thrown. A compilation throws ``RepositoryError``, and the errors of its
/// tree.
public struct Compiler: Sendable {
    /// The options of a compilation.
    public struct Options: Sendable {
        /// The day that `rotateBy` and `expires` are compared with, in UTC.
        public var today: CalendarDate
        /// The prefix of every path in diagnostics: the path from git's top level to the repository, empty or with a `/`
        /// at its end.
        public var pathPrefix: String
        /// The number of threads.
        public var concurrency: Int
        /// A function that returns a random id with a prefix, for a diagnostic that offers one; nil to offer none, so
        /// that the same files always have the same diagnostics.
        public var makesID: (@Sendable (_ prefix: String) -> String)?

        /// Creates options.
        public init(
            today: CalendarDate,
            pathPrefix: String = "",
            concurrency: Int = 1,
            makesID: (@Sendable (_ prefix: String) -> String)? = nil
        ) {
            self.today = today
            self.pathPrefix = pathPrefix
            self.concurrency = max(1, concurrency)
            self.makesID = makesID
        }
    }

    /// A function that is called periodically with the number of files that were read, and of all files.
    public typealias Progress = @Sendable (_ done: Int, _ of: Int) -> Void

    let options: Options

    /// Creates a compiler.
    public init(_ options: Options) { self.options = options }

    /// Returns the problems of a tree.
    public func diagnose(
        _ tree: some SourceTree,
        progress: @escaping Progress = { _, _ in }
    ) async throws -> Diagnosis {
        try await diagnose(try await ListedTree(of: tree), progress: progress)
    }

    /// Returns the problems of a listed tree.
    package func diagnose(
        _ listed: ListedTree,
        progress: @escaping Progress = { _, _ in }
    ) async throws -> Diagnosis {
        try await run(listed, for: .diagnosis, progress: progress).diagnosis
    }

    /// Returns the problems and records of a tree.
    public func analyze(
        _ tree: some SourceTree,
        progress: @escaping Progress = { _, _ in }
    ) async throws -> AnalyzedRepository {
        try await analyze(try await ListedTree(of: tree), progress: progress)
    }

    /// Returns the problems and records of a tree, and reuses files of an earlier analysis.
    package func analyze(_ tree: some SourceTree, reusing reusable: ReusableFiles?) async throws -> AnalyzedRepository {
        try await analyze(try await ListedTree(of: tree), reusing: reusable)
    }

    /// Returns the problems and records of a listed tree.
    ///
    /// Only `roster.yaml` and the `wanted` files are read, or all when `wanted` is nil; nothing is found in the others.
    /// Files of an earlier analysis (`reusable`) are not read again.
    package func analyze(
        _ listed: ListedTree,
        reading wanted: Set<Int>? = nil,
        reusing reusable: ReusableFiles? = nil,
        progress: @escaping Progress = { _, _ in }
    ) async throws -> AnalyzedRepository {
        let run = try await run(listed, for: .analysis, reading: wanted, reusing: reusable, progress: progress)
        return AnalyzedRepository(run, pathPrefix: options.pathPrefix)
    }

    /// Emits the document of a tree's registry to a sink, as far as there is no error.
    ///
    /// With dates that are known in advance, the sink receives the document while files are still being read.
    public func emit(
        _ tree: some SourceTree,
        dated dates: RegistryDates = .modificationTimes,
        to sink: inout some RegistrySink,
        progress: @escaping Progress = { _, _ in }
    ) async throws -> EmittedRegistry {
        try await emit(try await ListedTree(of: tree), dated: dates, to: &sink, progress: progress)
    }

    private func emit<Sink: RegistrySink>(
        _ listed: ListedTree,
        dated dates: RegistryDates,
        to sink: inout Sink,
        progress: @escaping Progress
    ) async throws -> EmittedRegistry {
        var emitter = DocumentEmitter(sink, history: dates.known)
        let run = try await run(listed, for: .document, into: &emitter, progress: progress)
        let undatable =
            dates.areModificationTimes
            ? run.result.files.undatableFile(in: listed.listing, pathPrefix: options.pathPrefix) : nil
        if !run.diagnosis.hasErrors, undatable == nil {
            emitter.finish(run.repository, history: try await dates.history(of: run.result, in: listed.listing))
        }
        sink = emitter.sink
        if let failure = emitter.failure { throw failure }
        return EmittedRegistry(diagnosis: run.diagnosis, undatableFile: undatable)
    }

    // MARK: - Running

    /// The result of all stages.
    struct Run {
        var diagnosis: Diagnosis
        var result: PipelineResult
        var repository: LinkedRepository
    }

    private func run(
        _ listed: ListedTree,
        for purpose: PipelinePurpose,
        reading wanted: Set<Int>? = nil,
        reusing reusable: ReusableFiles? = nil,
        progress: @escaping Progress
    ) async throws -> Run {
        var emitter = DocumentEmitter(MemorySink(), history: nil)
        return try await run(
            listed,
            for: purpose,
            reading: wanted,
            reusing: reusable,
            into: &emitter,
            progress: progress
        )
    }

    private func run(
        _ listed: ListedTree,
        for purpose: PipelinePurpose,
        reading wanted: Set<Int>? = nil,
        reusing reusable: ReusableFiles? = nil,
        into emitter: inout DocumentEmitter<some RegistrySink>,
        progress: @escaping Progress
    ) async throws -> Run {
        var findings = Findings()
        ListingRules.check(listed.problems, &findings)
        let pipeline = RepositoryPipeline(listed: listed, purpose: purpose, reusable: reusable, progress: progress)
        let result: PipelineResult
        if let wanted {
            result = try await pipeline.run(only: wanted)
        } else {
            let hasErrors = findings.hasErrors
            result = try await pipeline.run(concurrency: options.concurrency, hasErrors: hasErrors, into: &emitter)
        }
        return await finish(result, listed, restoring: pipeline)
    }

    /// Runs the rules about the whole repository, and resolves all findings.
    ///
    /// `pipeline` restores declarations that were released.
    func finish(
        _ result: PipelineResult,
        _ listed: ListedTree,
        restoring pipeline: RepositoryPipeline? = nil
    ) async -> Run {
        var result = result
        var repository = await LinkedRepository(
            result.index,
            result.providers,
            models: result.models,
            linkedSecrets: result.linkedSecrets,
            unresolvedLinks: result.unresolvedLinks,
            today: options.today
        )
        let released = repository.wantedFiles
        if !released.isEmpty, let pipeline { repository.restore(pipeline.declarations(of: released, in: result)) }
        var findings = Findings()
        ListingRules.check(listed.problems, &findings)
        findings.append(contentsOf: result.findings)
        findings.append(contentsOf: RepositoryRules.findings(in: repository))
        findings.append(contentsOf: result.linkFindings)
        for file in findings.files { result.files[file].bytes = result.bytes(of: file) }
        var resolver = FindingResolver(
            listing: listed.listing,
            files: result.files,
            models: result.models.bytes,
            pathPrefix: options.pathPrefix,
            severities: RuleCatalogue.severities,
            makesID: options.makesID
        )
        let diagnosis = Diagnosis(
            resolver.resolve(findings),
            of: repository,
            roster: result.files.first,
            pathPrefix: options.pathPrefix
        )
        return Run(diagnosis: diagnosis, result: result, repository: repository)
    }
}

extension AnalyzedRepository {
    /// Creates the result of a compilation.
    init(_ run: Compiler.Run, pathPrefix: String) {
        self.init(
            diagnosis: run.diagnosis,
            files: run.result.files,
            findings: run.result.findings,
            linkFindings: run.result.linkFindings,
            repository: run.repository,
            pathPrefix: pathPrefix
        )
    }
}
