import RosterJSON

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
                json.strings(review.mergeBases)
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
