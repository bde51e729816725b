public import RosterJSON

extension JSONWriter {
    /// Writes a diagnostic as `check --format json` and the API give it; what is absent is null.
    public mutating func diagnostic(_ diagnostic: Diagnostic) {
        let span = diagnostic.place.span
        object { json in
            json.name("rule")
            json.string(diagnostic.rule)
            json.name("severity")
            json.string(diagnostic.severity.rawValue)
            json.name("message")
            json.string(diagnostic.message)
            json.name("path")
            json.string(diagnostic.place.path)
            json.member("line", span?.line)
            json.member("column", span?.column)
            json.member("endLine", span?.endLine)
            json.member("endColumn", span?.endColumn)
            json.member("byteOffset", span?.byteOffset)
            json.member("byteLength", span?.byteLength)
            json.name("help")
            json.string(diagnostic.help)
            json.name("replacement")
            json.string(diagnostic.replacement?.text)
            json.name("related")
            json.array(of: diagnostic.related) { related, json in
                json.related(related)
            }
        }
    }

    private mutating func related(_ related: Diagnostic.Related) {
        object { json in
            json.name("message")
            json.string(related.message)
            json.name("path")
            json.string(related.place.path)
            json.member("line", related.place.span?.line)
            json.member("column", related.place.span?.column)
        }
    }

    private mutating func member(_ name: StaticString, _ number: Int?) {
        self.name(name)
        integer(number)
    }
}
