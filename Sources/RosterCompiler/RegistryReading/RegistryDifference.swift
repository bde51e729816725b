package import RosterModel
import RosterSources

/// The difference between two registries with the same number of records at the same positions.
package struct RegistryDifference: Sendable {
    /// The positions of the providers that differ, in order.
    package let providers: [Int]
    /// A Boolean value that indicates whether nothing but the contents of these providers and the revision differs: their
    /// ids, names and projects are the same.
    package let isOfContentsOnly: Bool
    /// The paths of the files that may differ, were the registries compiled from files.
    let paths: Set<String>

    /// Compares two registries; returns nil when they are too different to reuse records of one for the other.
    package init?(from earlier: Registry, to registry: Registry) {
        guard earlier.providers.count == registry.providers.count, earlier.secrets.count == registry.secrets.count
        else { return nil }
        var (providers, paths) = ([Int](), Set<String>())
        var isOfContentsOnly = true
        for (position, (old, new)) in zip(earlier.providers, registry.providers).enumerated() where old != new {
            providers.append(position)
            paths.formUnion([old.source.path, new.source.path])
            isOfContentsOnly =
                isOfContentsOnly && old.id == new.id && old.projectID == new.projectID && old.handle == new.handle
                && old.source.path == new.source.path
        }
        for (old, new) in zip(earlier.secrets, registry.secrets) where old != new {
            // The file of a provider names its secret.
            guard old.id == new.id, old.handle == new.handle, old.projectID == new.projectID else { return nil }
            paths.formUnion([old.source.path, new.source.path])
            isOfContentsOnly = false
        }
        if earlier.projects != registry.projects || earlier.sealingKeys != registry.sealingKeys
            || earlier.access != registry.access
        {
            paths.insert(RepositoryLayout.rosterFile)
            isOfContentsOnly = false
        }
        (self.providers, self.isOfContentsOnly, self.paths) = (providers, isOfContentsOnly, paths)
    }
}
