import RosterModel
import RosterPages

extension Snapshot {
    /// Returns the page of the provider at a route; nil when a caller may not get it, or there is none.
    func page(of route: Route, for caller: Caller) -> PageURL? {
        guard let position = position(of: route), caller.view.allows(.get, at: position) else { return nil }
        let provider = registry.providers[position]
        guard let project = projects.entry(of: provider.projectID)?.project.handle else { return nil }
        return .provider(project: project, handle: provider.handle)
    }
}
