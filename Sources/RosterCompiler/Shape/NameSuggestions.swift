/// Suggests known names for many unknown ones, with a limit on the work for all of them together.
///
/// Each suggestion compares a name with every candidate, so many unknown names beside many candidates would cost their
/// product. Names that come after the limit get no suggestion.
struct NameSuggestions {
    /// The limit, in pairs of characters that are compared.
    private var left: Int
    private var sets: [String: Set] = [:]

    private struct Set {
        var candidates: [NearestName.Candidate]
        var found: [String: String?] = [:]
    }

    /// Starts with nothing spent.
    init(limit: Int = 1_000_000) { left = limit }

    /// The candidate of a set that a user most likely meant to write; nil when none is near, or the limit is reached.
    ///
    /// The candidates of a set are asked for once.
    mutating func nearest(to name: String, in set: String, _ candidates: () -> [String]) -> String? {
        guard left > 0 else { return nil }
        var known = sets.removeValue(forKey: set) ?? Set(candidates: candidates().map(NearestName.Candidate.init))
        defer { sets[set] = known }
        if let found = known.found[name] { return found }
        let found = NearestName.find(name, among: known.candidates, work: &left)
        known.found[name] = .some(found)
        return found
    }
}
