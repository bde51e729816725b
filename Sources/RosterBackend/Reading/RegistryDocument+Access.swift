import RosterFrontend
import RosterJSON
import RosterModel

extension RegistryDocument {
    /// Returns the access section; nil for null, which makes an open registry.
    static func access(_ value: JSONValue, _ place: RegistryPlace) throws(RegistryProblem) -> Access? {
        if case .null = value { return nil }
        var members = try RegistryMembers(value, at: place)
        guard let policies = try members.take("policies").object else {
            throw place.member("policies").problem(.shape, "must be an object")
        }
        var access = Access(policies: [], tokens: [])
        for (index, policy) in policies.members.enumerated() {
            let place = place.member("policies").element(index)
            guard case .array(let statements) = policy.value else { throw place.problem(.shape, "must be a list") }
            var read: [Access.Statement] = []
            for (index, value) in statements.enumerated() { read.append(try statement(value, place.element(index))) }
            access.policies.append(Access.Policy(name: policy.name, statements: read))
        }
        access.tokens = try members.list("tokens", token)
        try members.end(knowing: ["policies", "tokens"])
        return access
    }

    private static func statement(_ value: JSONValue, _ place: RegistryPlace) throws(RegistryProblem)
        -> Access.Statement
    {
        var members = try RegistryMembers(value, at: place)
        let statement = Access.Statement(
            effect: try members.parsed("effect", "effect", Access.Effect.init),
            actions: try members.strings("action").map { ActionPattern($0) },
            resources: try members.strings("resource").map { ResourcePattern($0) }
        )
        try members.end(knowing: ["effect", "action", "resource"])
        return statement
    }

    private static func token(_ value: JSONValue, _ place: RegistryPlace) throws(RegistryProblem) -> Access.Token {
        var members = try RegistryMembers(value, at: place)
        let token = Access.Token(
            id: try members.parsed("id", "token id", TokenID.init),
            name: try members.string("name"),
            hash: try members.parsed("hash", "token hash", TokenHash.init),
            policies: try members.strings("policies"),
            project: try members.optionalParsed("project", "handle", Handle.init),
            expires: try members.optionalParsed("expires", "date", CalendarDate.init)
        )
        try members.end(knowing: ["id", "name", "hash", "policies", "project", "expires"])
        return token
    }
}
