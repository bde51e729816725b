import RosterJSON
import RosterModel

/// JSON Merge Patch: RFC 7396.
enum MergePatch {
    /// Returns a value with a patch applied: null removes a member, an object is merged, and any other value replaces.
    static func apply(_ patch: JSONValue, to target: JSONValue?) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        let old = target?.object?.members ?? []
        // Texts compare by their bytes; looked up, so that a patch with very many members takes no longer than it must.
        let places = Dictionary(uniqueKeysWithValues: old.enumerated().map { (Array($1.name.utf8), $0) })
        var kept = old.map(Optional.some)
        var new: [JSONObject.Member] = []
        for change in changes.members {
            let place = places[Array(change.name.utf8)]
            let value = change.value == .null ? nil : apply(change.value, to: place.map { old[$0].value })
            if let place {
                kept[place] = value.map { JSONObject.Member(name: old[place].name, value: $0) }
            } else if let value {
                new.append(JSONObject.Member(name: change.name, value: value))
            }
        }
        return .object(JSONObject(kept.compactMap { $0 } + new))
    }
}
