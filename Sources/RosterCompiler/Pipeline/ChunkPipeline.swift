import RosterBackend
import RosterCatalogue
import RosterFrontend
import RosterSemantics
import RosterSources

/// The purpose of a compilation, which determines what is retained of a file after its chunk.
enum PipelinePurpose: Sendable {
    /// Diagnostics alone: declarations of providers and the text of boxes are released.
    case diagnosis
    /// Every declaration, with `config` as values and the bytes of all files.
    case analysis
    /// The text of each record in the document; otherwise as for a diagnosis.
    case document

    /// The form in which `config` is read.
    var configForm: ConfigForm {
        switch self {
        case .diagnosis: .valid
        case .analysis: .values
        case .document: .json
        }
    }
}

/// The result of a chunk of files.
struct Chunk: Sendable {
    var files: [CheckedFile]
    var contents: RetainedContents.Block
    var providers: ProviderTable
    var findings: Findings
    var linkFindings: Findings
    var linkedSecrets: Set<Int>
    var unresolvedLinks: [UnresolvedLink]
    /// The records' text in the document.
    var text: RecordText?

    var hasErrors: Bool { findings.hasErrors || linkFindings.hasErrors || !unresolvedLinks.isEmpty }
}

/// The stages of the compiler for a chunk of consecutive files of one kind: parse, link, emit, release.
///
/// This is the only place that interleaves stages. A record is linked and emitted while its declaration is in the cache,
/// and is then released, so that a compilation needs memory for the declarations of a few chunks and not for all of them.
/// `scripts/bench` measures the memory and instructions for each file.
struct ChunkPipeline: ~Copyable {
    private let purpose: PipelinePurpose
    private let listing: Listing
    private let index: SecretIndex?
    var parser: FileParser
    private var linker: Linker?
    private var emitter: RecordEmitter?
    private var providers: ProviderTable
    private var files: [CheckedFile] = []
    private var contents: RetainedContents.Block

    /// Starts with a range of files; `projects` is nil for `roster.yaml`, and `index` until all secrets were read.
    init(
        _ range: Range<FileIndex>,
        of listing: Listing,
        for purpose: PipelinePurpose,
        in projects: ProjectTable?,
        linking index: SecretIndex?,
        models: ModelCatalogue?
    ) {
        self.purpose = purpose
        self.listing = listing
        self.index = index
        parser = FileParser(listing, config: purpose.configForm)
        linker = index.map(Linker.init)
        if purpose == .document, let projects { emitter = RecordEmitter(range, in: projects) }
        providers = ProviderTable(of: listing, models: models, capacity: index == nil ? 0 : range.count)
        contents = RetainedContents.Block(first: range.lowerBound)
        files.reserveCapacity(range.count)
    }

    /// Runs the stages for the next file.
    mutating func add(_ reading: consuming FileReading, at file: FileIndex) {
        let parsed = parser.parse(file, as: listing.role(of: file), reading)
        let isClean = parsed.isClean
        add(CheckedFile(parsed), isClean: isClean)
    }

    /// Runs the stages after the parser for the next file.
    mutating func add(_ file: consuming CheckedFile, isClean: Bool) {
        var file = file
        let position = contents.end
        switch file.record {
        case .provider(let provider):
            let link = linker?.link(provider) ?? .nowhere
            emitter?.emit(provider, in: file, linking: index?.secret(at: link))
            providers.append(provider, link, keepsDeclaration: purpose == .analysis)
            if purpose != .analysis { file.record = .released }
        case .secret(let secret):
            emitter?.emit(secret.value, in: file)
            if purpose != .analysis { file.record = .secret(Shared(secret.value.releasingBoxes())) }
        case .broken where listing.role(of: position) == .provider: providers.appendBroken(position)
        case .roster, .released, .broken: break
        }
        if purpose != .analysis, isClean {
            contents.append(file.bytes)
            file.bytes = []
        } else {
            contents.append([])
        }
        files.append(file)
    }

    /// Returns the result.
    consuming func finish() -> Chunk {
        contents.trim()
        return Chunk(
            files: files,
            contents: contents,
            providers: providers,
            findings: parser.findings,
            linkFindings: linker?.findings ?? Findings(),
            linkedSecrets: linker?.linked ?? [],
            unresolvedLinks: linker?.unresolved ?? [],
            text: emitter.take()?.finish()
        )
    }
}
