extension Snapshot {
    /// Returns the position of the provider at a route; nil when there is none.
    func position(of route: Route) -> Int? {
        guard case .item(let id?) = route else { return nil }
        return records.position(of: id)
    }
}
