import RosterModel

/// JSON Merge Patch: RFC 7396.
enum MergePatch {
    /// What a patch makes of a value: null takes a member away, an object goes into it, anything else replaces.
    static func apply(_ patch: JSONValue, to target: JSONValue?) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var result = target?.object ?? JSONObject()
        for change in changes.members {
            let place = result.members.firstIndex { $0.name.utf8.elementsEqual(change.name.utf8) }
            if change.value == .null {
                if let place { result.members.remove(at: place) }
            } else if let place {
                result.members[place].value = apply(change.value, to: result.members[place].value)
            } else {
                result.members.append(JSONObject.Member(name: change.name, value: apply(change.value, to: nil)))
            }
        }
        return .object(result)
    }
}
