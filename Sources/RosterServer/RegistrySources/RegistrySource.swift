package import RosterDiagnostics

/// Where a server's registry comes from: a folder, a revision of git, or a compiled registry.
package protocol RegistrySource: Sendable {
    /// Loads what there is now.
    ///
    /// `changed` are the files that may be other than at the last call, relative to the watched root; nil when nobody
    /// knows. Calls follow one another.
    ///
    /// - Throws: ``SourceFailure`` when the source cannot be read at all.
    func load(changed: Set<String>?) async throws -> LoadOutcome

    /// Places whose changes ask for another load, with everything that lies in them one level deep.
    func watchedFolders() -> [WatchedFolder]
}

/// Why a source cannot be read, in words: they are part of `/status` and of the log.
package struct SourceFailure: Error, Sendable, CustomStringConvertible {
    /// A sentence without a full stop.
    package var description: String

    /// Creates a failure from its words.
    package init(_ description: String) { self.description = description }
}

/// What came of a load.
package enum LoadOutcome: Sendable {
    case loaded(LoadedRegistry)
    /// There are errors; nothing is served of it.
    case broken(BrokenRevision)
    /// Nothing is different from the last load.
    case same
}

/// A revision that did not compile.
package struct BrokenRevision: Error, Sendable {
    package var commit: String?
    /// The errors, in order.
    package var diagnostics: [Diagnostic]
    /// Whether it has an `access` section; nil when that could not be read.
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
    /// What a change in it says.
    package var meaning: Meaning
    /// The one name in it that matters; nil for all.
    package var onlyName: String?

    /// What a change of a name in a folder says.
    package enum Meaning: Sendable, Hashable {
        /// This file may be another: its path in `changed` is this prefix and the name.
        case file(prefix: String)
        /// Any file may be another.
        case anything
        /// The files are as they were, but not what is known about them: a commit.
        case reference
    }

    package init(path: String, _ meaning: Meaning, onlyName: String? = nil) {
        self.path = path
        self.meaning = meaning
        self.onlyName = onlyName
    }
}
