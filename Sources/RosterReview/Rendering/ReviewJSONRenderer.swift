import RosterCompiler
import RosterDiagnostics
package import RosterJSON
import RosterModel

/// Prints a review as one JSON document.
enum ReviewJSONRenderer {
    static func render(_ review: Review) -> String {
        var json = JSONWriter(.pretty, escapingInvisible: true)
        json.object { json in
            json.name("version")
            json.integer(1)
            json.name("comparison")
            json.string(review.comparison.rawValue)
            write("base", review.base, to: &json)
            write("head", review.head, to: &json)
            if review.mergeBases.count > 1 {
                json.name("mergeBases")
                json.array { json in
                    for commit in review.mergeBases {
                        json.element()
                        json.string(commit)
                    }
                }
            }
            json.name("changes")
            json.changes(review.changes, withOwners: true)
            json.name("summary")
            json.object { write(summaryOf: review, to: &$0) }
            json.name("diagnostics")
            json.object { json in
                json.name("base")
                json.integer(review.base.diagnostics)
                json.name("head")
                json.integer(review.head.diagnostics)
            }
            json.name("errors")
            json.object { json in
                json.name("base")
                json.integer(review.base.errors)
                json.name("head")
                json.integer(review.head.errors)
                json.name("new")
                json.integer(review.newErrors)
            }
            json.name("plan")
            json.string(review.plan?.digits)
        }
        json.endLine()
        return json.text
    }

    private static func write(_ name: StaticString, _ side: Review.Side, to json: inout JSONWriter) {
        json.name(name)
        json.object { json in
            json.name("commit")
            json.string(side.commit)
            json.name("digest")
            json.string(side.digest)
        }
    }

    private static func write(summaryOf review: Review, to json: inout JSONWriter) {
        json.name("actions")
        json.object { json in
            for action in Change.Action.allCases {
                json.name(escaping: action.rawValue)
                json.integer(review.count(action))
            }
        }
        json.name("risks")
        json.object { json in
            for risk in Risk.allCases {
                json.name(escaping: risk.name)
                json.integer(review.count(risk))
            }
        }
        json.name("highest")
        json.string(review.highest?.name)
    }
}

extension JSONWriter {
    /// Writes an array of rows.
    package mutating func changes(_ changes: [Change], withOwners: Bool = false) {
        array { json in
            for change in changes {
                json.element()
                json.row(change, withOwners: withOwners)
            }
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
        array { json in
            for field in change.fields {
                json.element()
                json.object { $0.members(of: field) }
            }
        }
        name("path")
        string(change.path)
        name("line")
        integer(change.line)
    }

    /// Writes a value; null for none.
    package mutating func value(_ value: JSONValue?) {
        if let value { RegistryEncoder.write(value, to: &self) } else { null() }
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
