import NIOCore
import RosterBackend
import RosterBytes
import RosterCompiler
import RosterDiagnostics
package import RosterEditing
package import RosterModel
import SealedBoxes
import Synchronization

/// One compiled state of the registry, ready to be served: it never changes.
package final class Snapshot: Sendable {
    package let registry: Registry
    /// `sha256:` and the digest of the compiled registry's bytes.
    package let digest: String
    package let loadedAt: Timestamp
    let access: AccessTable
    let records: EncodedRecords
    /// Lists and compressed bodies that were asked for.
    let cache: ResponseCache
    /// The fields that every answer from this snapshot has.
    let fields: ResponseFields
    /// The same, as they are sent.
    let encodedFields: ByteBuffer
    private let makeEditor: @Sendable () throws -> Editor
    private let editor = Mutex<Editor?>(nil)
    /// Whether the files' own text is at hand, so that an edit has a patch.
    let hasFileText: Bool

    /// Prepares a loaded registry; pieces of `previous` that are the same are taken over.
    package static func prepare(
        _ loaded: LoadedRegistry,
        at loadedAt: Timestamp,
        previous: Snapshot?,
        concurrency: Int
    ) async -> Snapshot {
        async let records = EncodedRecords(loaded.registry.providers, previous: previous)
        let digest = await digest(of: loaded.registry, concurrency: concurrency)
        return Snapshot(loaded, at: loadedAt, digest: digest, records: await records)
    }

    private static func digest(of registry: Registry, concurrency: Int) async -> String {
        var hash = SHA256()
        await RegistryEncoder.encode(registry, concurrency: concurrency) { hash.update($0.span) }
        return "sha256:" + hash.finish().hex
    }

    private init(_ loaded: LoadedRegistry, at loadedAt: Timestamp, digest: String, records: EncodedRecords) {
        registry = loaded.registry
        makeEditor = loaded.makeEditor
        hasFileText = loaded.hasFileText
        self.loadedAt = loadedAt
        self.digest = digest
        self.records = records
        access = AccessTable(registry)
        var fields = ResponseFields([
            "Cache-Control": "private, no-cache", "Vary": "Authorization, Accept-Encoding",
            "X-Content-Type-Options": "nosniff", "Roster-Digest": digest,
        ])
        if let commit = registry.revision.commit { fields.add("Roster-Revision", commit) }
        self.fields = fields
        encodedFields = ByteBuffer(bytes: fields.bytes)
        // The whole list once plain and once compressed, and some pages.
        cache = ResponseCache(budget: 4 * 1024 * 1024 + 2 * records.byteCount)
    }

    /// What makes plans of edits to this very state.
    func currentEditor() throws -> Editor {
        try editor.withLock { editor in
            if let editor { return editor }
            let made = try makeEditor()
            editor = made
            return made
        }
    }
}

/// A registry as a source loaded it.
package struct LoadedRegistry: Sendable {
    package var registry: Registry
    /// Makes the editor of this state; called at most once.
    package var makeEditor: @Sendable () throws -> Editor
    /// Whether there are files behind the records.
    package var hasFileText: Bool

    package init(registry: Registry, hasFileText: Bool, makeEditor: @escaping @Sendable () throws -> Editor) {
        self.registry = registry
        self.hasFileText = hasFileText
        self.makeEditor = makeEditor
    }
}
