import RosterBytes

/// The parameters of a single record, checked.
enum ItemQuery {
    /// Returns the members that the query after `?` asks for.
    static func including(_ query: Substring?) throws(Problem) -> IncludedMembers {
        guard query != nil else { return [] }
        var including: IncludedMembers?
        for (name, value) in try QueryParameters.read(query) {
            guard name == "include" else {
                throw .badRequest(
                    "there is no parameter \"\(PercentEncoding.shown(name))\" of a single provider; it takes include"
                )
            }
            guard including == nil else { throw .badRequest("the parameter \"include\" is given twice") }
            guard !value.isEmpty else { throw .badRequest("the parameter \"include\" is empty: leave it out") }
            including = try IncludedMembers(parameter: value)
        }
        return including ?? []
    }
}
