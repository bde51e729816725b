import RosterModel

/// JSON Merge Patch: RFC 7396.
enum MergePatch {
    /// What a patch makes of a value: null takes a member away, an object goes into it, anything else replaces.
    static func apply(_ patch: JSONValue, to target: JSONValue?) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var members = target?.object?.members ?? []
        // As bytes: what Swift takes for the same text can be two names.
        let places = Dictionary(members.indices.map { (Array(members[$0].name.utf8), $0) }) { first, _ in first }
        var removed: Set<Int> = []
        for change in changes.members {
            let place = places[Array(change.name.utf8)]
            if change.value == .null {
                if let place { removed.insert(place) }
            } else if let place {
                members[place].value = apply(change.value, to: members[place].value)
            } else {
                members.append(JSONObject.Member(name: change.name, value: apply(change.value, to: nil)))
            }
        }
        let kept = members.indices.filter { !removed.contains($0) }
        return .object(JSONObject(kept.map { members[$0] }))
    }
}
