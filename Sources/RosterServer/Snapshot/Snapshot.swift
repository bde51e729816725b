import NIOCore
import RosterBackend
import RosterBytes
import RosterCatalogue
import RosterCompiler
import RosterDiagnostics
import RosterEditing
package import RosterModel
import RosterPages
import Synchronization

/// A compiled registry with everything that is needed to serve it; immutable.
package final class Snapshot: Sendable {
    package let registry: Registry
    /// The digest of the compiled registry's bytes, with the prefix `sha256:`.
    package let digest: String
    package let loadedAt: Timestamp
    /// The catalogue of models.
    let models: ModelCatalogue
    let access: AccessTable
    let projects: ProjectIndex
    let records: EncodedRecords
    /// The lists and compressed bodies that were requested.
    let cache: ResponseCache
    /// The columns of the list for people.
    let table: ProviderColumns
    /// The digests of what callers may see.
    let visibleDigests = VisibleDigests()
    /// The header fields of every response from this snapshot.
    let fields: ResponseFields
    /// The encoded ``fields``.
    let encodedFields: ByteBuffer
    private let makeEditor: @Sendable () throws -> Editor
    private let editor = Mutex<Editor?>(nil)
    /// A Boolean value that indicates whether the text of the files is available, so that an edit has a patch.
    let hasFileText: Bool
    /// The reader of the histories of the providers; nil when the registry does not come from git.
    let history: HistoryReader?
    /// The path from git's top level to the registry; empty when it is not known.
    let pathPrefix: String

    /// The document that ``digest`` is of.
    private let document: EncodedDocument
    private let version: RegistryVersion

    /// Prepares a loaded registry; parts of `previous` that did not change are used again.
    package static func prepare(
        _ loaded: LoadedRegistry,
        at loadedAt: Timestamp,
        previous: Snapshot?,
        concurrency: Int
    ) async -> Snapshot {
        let registry = loaded.registry
        guard let previous, let change = loaded.change, change.earlier === previous.version else {
            async let records = EncodedRecords(registry.providers, models: loaded.models, previous: previous)
            let document = await EncodedDocument(registry, concurrency: concurrency)
            return Snapshot(
                loaded,
                at: loadedAt,
                document: document,
                records: await records,
                access: AccessTable(registry),
                projects: ProjectIndex(registry)
            )
        }
        return Snapshot(
            loaded,
            at: loadedAt,
            document: EncodedDocument(registry, updating: previous.document, changed: change.providers),
            records: EncodedRecords(
                registry.providers,
                models: loaded.models,
                updating: previous.records,
                changed: change.providers
            ),
            // A change of providers' contents leaves their names, the projects and the tokens as they were.
            access: previous.access,
            projects: previous.projects
        )
    }

    private init(
        _ loaded: LoadedRegistry,
        at loadedAt: Timestamp,
        document: EncodedDocument,
        records: EncodedRecords,
        access: AccessTable,
        projects: ProjectIndex
    ) {
        registry = loaded.registry
        models = loaded.models
        version = loaded.version
        self.document = document
        digest = document.digest
        makeEditor = loaded.makeEditor
        hasFileText = loaded.hasFileText
        history = loaded.history
        pathPrefix = loaded.pathPrefix
        self.loadedAt = loadedAt
        table = ProviderColumns(loaded.registry, loaded.models, noticeDays: loaded.noticeDays)
        self.records = records
        self.access = access
        self.projects = projects
        var fields = ResponseFields([
            "Cache-Control": "private, no-cache", "Vary": "Authorization, Accept-Encoding",
            "X-Content-Type-Options": "nosniff", "Roster-Digest": digest,
        ])
        if let commit = registry.revision.commit { fields.add("Roster-Revision", commit) }
        self.fields = fields
        encodedFields = ByteBuffer(bytes: fields.bytes)
        // The complete list, plain and compressed, and some pages.
        cache = ResponseCache(budget: 4 * 1024 * 1024 + 2 * records.byteCount)
    }

    /// Returns the header fields of a response with one record.
    func fields(at position: Int) -> ResponseFields {
        var fields = fields
        models.addFields(of: registry.providers[position], to: &fields)
        return fields
    }

    /// Returns the editor that plans changes to this state.
    func currentEditor() throws -> Editor {
        try editor.withLock { editor in
            if let editor { return editor }
            let made = try makeEditor()
            editor = made
            return made
        }
    }
}
