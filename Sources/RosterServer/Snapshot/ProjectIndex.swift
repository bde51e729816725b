import RosterModel

/// The projects of a registry, with the positions of their providers.
///
/// The providers of a registry are ordered by the handle of the project, then by the handle of the provider.
struct ProjectIndex: Sendable {
    /// A project, and the positions of its providers in the registry.
    struct Entry: Sendable {
        var project: Project
        var positions: Range<Int>
    }

    /// The projects in the registry's order.
    let entries: [Entry]
    private let positionsByHandle: [Handle: Int]
    private let positionsByID: [ProjectID: Int]

    /// Creates the index of a registry.
    init(_ registry: Registry) {
        var ranges: [ProjectID: Range<Int>] = [:]
        var start = 0
        let providers = registry.providers
        for position in providers.indices {
            let next = position + 1
            guard next == providers.count || providers[next].projectID != providers[start].projectID else { continue }
            ranges[providers[start].projectID] = start..<next
            start = next
        }
        let entries = registry.projects.map { Entry(project: $0, positions: ranges[$0.id] ?? 0..<0) }
        positionsByHandle = Dictionary(entries.indices.map { (entries[$0].project.handle, $0) }) { first, _ in first }
        positionsByID = Dictionary(entries.indices.map { (entries[$0].project.id, $0) }) { first, _ in first }
        self.entries = entries
    }

    /// Returns the project of a handle; nil when there is none.
    func entry(of handle: Handle) -> Entry? { positionsByHandle[handle].map { entries[$0] } }

    /// Returns the project of an id; nil when there is none.
    func entry(of id: ProjectID) -> Entry? { positionsByID[id].map { entries[$0] } }

    /// Returns the position of a provider by its handles; nil when there is none.
    func position(of handles: Route.ProviderHandles, in providers: [Provider]) -> Int? {
        guard let entry = entry(of: handles.project) else { return nil }
        var (low, high) = (entry.positions.lowerBound, entry.positions.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if providers[middle].handle < handles.provider { low = middle + 1 } else { high = middle }
        }
        return entry.positions.contains(low) && providers[low].handle == handles.provider ? low : nil
    }
}
