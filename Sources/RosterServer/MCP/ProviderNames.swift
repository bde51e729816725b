import RosterModel

/// The name of a provider: `<project>/<handle>`.
struct ProviderName: Hashable, Comparable {
    var project: Handle
    var handle: Handle

    var text: String { project.text + "/" + handle.text }

    init(project: Handle, handle: Handle) { (self.project, self.handle) = (project, handle) }

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let project = Handle(String(parts[0])), let handle = Handle(String(parts[1])) else {
            return nil
        }
        (self.project, self.handle) = (project, handle)
    }

    /// The registry's order: by project, then by handle, byte by byte.
    static func < (one: ProviderName, other: ProviderName) -> Bool {
        one.project == other.project
            ? one.handle.text.utf8.lexicographicallyPrecedes(other.handle.text.utf8)
            : one.project.text.utf8.lexicographicallyPrecedes(other.project.text.utf8)
    }
}

/// The names of a registry's providers, by which the providers are sorted.
struct ProviderNames {
    private let providers: [Provider]
    private let projects: [ProjectID: Handle]

    init(_ registry: Registry) {
        providers = registry.providers
        projects = Dictionary(registry.projects.map { ($0.id, $0.handle) }) { first, _ in first }
    }

    subscript(position: Int) -> ProviderName {
        let provider = providers[position]
        return ProviderName(project: projects[provider.projectID] ?? provider.handle, handle: provider.handle)
    }

    /// Returns the position of the provider of a name.
    func position(of name: ProviderName) -> Int? {
        let index = firstIndex(in: providers.indices) { self[$0] >= name }
        return index < providers.count && self[index] == name ? index : nil
    }

    /// Returns the index of the first of `positions` whose name follows `name`.
    func firstIndex(in positions: [Int], after name: ProviderName) -> Int {
        firstIndex(in: positions.indices) { self[positions[$0]] > name }
    }

    /// Returns the first index for which `isAfter` holds, by binary search.
    private func firstIndex(in indices: Range<Int>, where isAfter: (Int) -> Bool) -> Int {
        var (low, high) = (indices.lowerBound, indices.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if isAfter(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
