package import RosterCatalogue
package import RosterEditing
import RosterFrontend
package import RosterModel

/// A registry as a source loaded it.
package struct LoadedRegistry: Sendable {
    /// A change of some providers' contents; everything else, and the order of the records, is unchanged.
    package struct Change: Sendable {
        /// The registry before the change.
        var earlier: RegistryVersion
        /// The positions of the changed providers, in order.
        var providers: [Int]

        /// Creates a change of providers at some positions since an earlier registry.
        package init(since earlier: RegistryVersion, providers: [Int]) {
            self.earlier = earlier
            self.providers = providers
        }
    }

    package var registry: Registry
    /// The catalogue of models that the registry is served with.
    package var models: ModelCatalogue
    /// The number of days before its retirement within which a model is reported.
    package var noticeDays: Int
    /// The identity of this registry among those of its source.
    package var version: RegistryVersion
    /// The difference from an earlier registry; nil when anything may have changed.
    package var change: Change?
    /// Makes the editor of this state; called at most once.
    package var makeEditor: @Sendable () throws -> Editor
    /// A Boolean value that indicates whether the records have files.
    package var hasFileText: Bool
    /// The reader of the histories of its providers; nil when it does not come from git.
    package var history: HistoryReader?
    /// The path from git's top level to the registry, empty or with a `/` at its end; empty when it is not known.
    package var pathPrefix: String

    /// Creates a loaded registry.
    package init(
        registry: Registry,
        models: ModelCatalogue = .builtIn,
        noticeDays: Int = ModelsDeclaration.defaultDays,
        version: RegistryVersion = RegistryVersion(),
        change: Change? = nil,
        hasFileText: Bool,
        history: HistoryReader? = nil,
        pathPrefix: String = "",
        makeEditor: @escaping @Sendable () throws -> Editor
    ) {
        self.registry = registry
        self.models = models
        self.noticeDays = noticeDays
        self.version = version
        self.change = change
        self.hasFileText = hasFileText
        self.history = history
        self.pathPrefix = pathPrefix
        self.makeEditor = makeEditor
    }
}

/// The identity of a loaded registry.
package final class RegistryVersion: Sendable {
    /// Creates an identity that no other registry has.
    package init() {}
}
