import RosterBackend
import RosterBytes
import RosterModel

/// The document of a registry, encoded in pieces, so that a changed record is encoded without the others.
struct EncodedDocument: Sendable {
    /// The digest of the document, with the prefix `sha256:`.
    let digest: String
    /// The elements of the array of providers, in runs of ``runLength``.
    private let runs: [[UInt8]]

    private static let runLength = 64

    /// Encodes a registry by several threads.
    init(_ registry: Registry, concurrency: Int) async {
        let providers = registry.providers
        var runs: [[UInt8]] = []
        await RegistryEncoder.encodeRuns(of: providers, length: Self.runLength, concurrency: concurrency) {
            runs.append($0)
        }
        self.init(registry, runs)
    }

    /// Encodes a registry of which only some providers differ from an earlier one.
    init(_ registry: Registry, updating earlier: EncodedDocument, changed: [Int]) {
        var runs = earlier.runs
        for run in Set(changed.map { $0 / Self.runLength }) {
            let start = run * Self.runLength
            let range = start..<min(start + Self.runLength, registry.providers.count)
            runs[run] = RegistryEncoder.elements(registry.providers[range], isFirst: start == 0)
        }
        self.init(registry, runs)
    }

    private init(_ registry: Registry, _ runs: [[UInt8]]) {
        self.runs = runs
        let frame = RegistryEncoder.frame(registry).pieces(hasProviders: !runs.isEmpty, hasSecrets: false)
        var hash = SHA256()
        hash.update(frame.head.span)
        for run in runs { hash.update(run.span) }
        hash.update(frame.middle.span)
        hash.update(frame.tail.span)
        digest = "sha256:" + hash.finish().hex
    }
}
