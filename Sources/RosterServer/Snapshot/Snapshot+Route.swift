import RosterModel

extension Snapshot {
    /// Returns the position of the provider at a route; nil when there is none.
    func position(of route: Route) -> Int? {
        switch route {
        case .item(let id?): records.position(of: id)
        case .named(let handles?): projects.position(of: handles, in: registry.providers)
        default: nil
        }
    }
}
