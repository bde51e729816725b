/// Suggests known names for many unknown ones, with a limit on the work for all of them together.
///
/// Each suggestion compares a name with every candidate, and many unknown names with many candidates would cost their
/// product. Names that come after the limit get no suggestion.
package struct NameSuggestions {
    /// The limit, in pairs of characters that are compared.
    private var left: Int
    private var sets: [String: Set] = [:]

    private struct Set {
        package var candidates: [NearestName.Candidate]
        package var found: [String: String?] = [:]
    }

    /// Starts with nothing spent.
    package init(limit: Int = 1_000_000) { left = limit }

    /// Returns the candidate of a set that a user probably intended; nil when none is near, or the limit is reached.
    ///
    /// The candidates of a set are computed once.
    package mutating func nearest(to name: String, in set: String, _ candidates: () -> [String]) -> String? {
        guard left > 0 else { return nil }
        var known = sets.removeValue(forKey: set) ?? Set(candidates: candidates().map(NearestName.Candidate.init))
        defer { sets[set] = known }
        if let found = known.found[name] { return found }
        let found = NearestName.find(name, among: known.candidates, work: &left)
        known.found[name] = .some(found)
        return found
    }
}
