package import RosterDiagnostics

/// A source of a server's registry: a working tree, a revision of git, or a compiled registry.
package protocol RegistrySource: Sendable {
    /// Loads the current state.
    ///
    /// `changed` are the paths that may have changed since the last call, relative to the watched root; nil for any. Calls do
    /// not overlap.
    ///
    /// - Throws: ``SourceFailure`` when the source cannot be read at all.
    func load(changed: Set<String>?) async throws -> LoadOutcome

    /// Returns the folders whose direct entries require another load when they change.
    func watchedFolders() -> [WatchedFolder]

    /// The monitor of a source that follows signed publications; nil for any other source.
    var publication: PublicationMonitor? { get }

    /// Waits for changes that no watched folder reports, and calls `wake` when another load is due, until the task is cancelled.
    func follow(_ wake: @escaping @Sendable () -> Void) async

    /// Prepares for serving what the last load returned, which the server will serve when this returns.
    func willServe() async

    /// Notes that what the last load returned is refused, with the reason in a sentence.
    func wasRefused(_ reason: String) async
}

extension RegistrySource {
    package var publication: PublicationMonitor? { nil }

    package func follow(_ wake: @escaping @Sendable () -> Void) async {}

    package func willServe() async {}

    package func wasRefused(_ reason: String) async {}
}

/// The reason why a source cannot be read, as text for `/status` and the log.
package struct SourceFailure: Error, Sendable, CustomStringConvertible {
    /// A sentence without a full stop.
    package var description: String

    /// Creates a failure from its words.
    package init(_ description: String) { self.description = description }
}

/// The result of a load.
package enum LoadOutcome: Sendable {
    case loaded(LoadedRegistry)
    /// The registry has errors and is not served.
    case broken(BrokenRevision)
    /// A publication was refused, with a label and a sentence; what is served stays.
    case refused(reason: String, message: String)
    /// Nothing changed since the last load.
    case same
}

/// A revision that did not compile.
package struct BrokenRevision: Error, Sendable {
    package var commit: String?
    /// The errors, in order.
    package var diagnostics: [Diagnostic]
    /// A Boolean value that indicates whether it has an `access` section; nil when that could not be read.
    package var hasAccess: Bool?

    package init(commit: String?, diagnostics: [Diagnostic], hasAccess: Bool?) {
        self.commit = commit
        self.diagnostics = diagnostics
        self.hasAccess = hasAccess
    }
}

/// A folder that is watched.
package struct WatchedFolder: Sendable, Hashable {
    /// Absolute.
    package var path: String
    /// The meaning of a change in the folder.
    package var meaning: Meaning
    /// The only entry that matters; nil for all entries.
    package var onlyName: String?

    /// The meaning of a change of an entry in a folder.
    package enum Meaning: Sendable, Hashable {
        /// The file may have changed; its path is the prefix and the name.
        case file(prefix: String)
        /// Any file may have changed.
        case anything
        /// Any file may have changed because an entry was added, removed or replaced; a change of the entry's contents means
        /// nothing.
        case entry
        /// A reference of git changed, and no file.
        case reference
    }

    package init(path: String, _ meaning: Meaning, onlyName: String? = nil) {
        self.path = path
        self.meaning = meaning
        self.onlyName = onlyName
    }
}
