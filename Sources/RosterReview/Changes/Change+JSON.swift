import RosterCompiler
package import RosterJSON

extension JSONWriter {
    /// Writes an array of rows.
    package mutating func changes(_ changes: [Change], withOwners: Bool = false) {
        array(of: changes) { change, json in
            json.row(change, withOwners: withOwners)
        }
    }

    /// Writes a row.
    mutating func row(_ change: Change, withOwners: Bool = false) {
        object { json in
            json.members(of: change)
            guard withOwners else { return }
            json.name("owners")
            if let owners = change.owners { json.strings(owners) } else { json.null() }
        }
    }

    private mutating func members(of change: Change) {
        name("kind")
        string(change.kind.rawValue)
        name("action")
        string(change.action.rawValue)
        name("id")
        string(change.id)
        name("handle")
        string(change.handle)
        name("risk")
        string(change.risk.name)
        name("reasons")
        strings(change.reasons.map { "\($0.rule): \($0.text)" })
        name("fields")
        array(of: change.fields) { field, json in
            json.object { $0.members(of: field) }
        }
        name("path")
        string(change.path)
        name("line")
        integer(change.line)
    }

    /// Writes a value; null for none.
    package mutating func value(_ value: JSONValue?) {
        if let value { self.value(value) } else { null() }
    }

    private mutating func members(of field: Change.Field) {
        name("path")
        string(field.path)
        name("before")
        value(field.before)
        name("after")
        value(field.after)
    }
}
