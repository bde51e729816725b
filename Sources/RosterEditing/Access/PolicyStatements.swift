import RosterFrontend
package import RosterModel

/// The statements of a policy, from the words of a command line.
package enum PolicyStatements {
    /// Returns a statement for the allowed actions and one for the denied actions, if there are any.
    ///
    /// - Throws: ``EditFailure`` when a word is not an action, or none is given.
    package static func make(
        allow: [String],
        deny: [String],
        resources: [String]
    ) throws(EditFailure) -> [Access.Statement] {
        guard !allow.isEmpty || !deny.isEmpty else {
            throw EditFailure(
                .invalid,
                "missing --allow",
                help: "such as --allow aiProviders:ListAiProviders aiProviders:GetAiProvider"
            )
        }
        guard !resources.isEmpty else {
            throw EditFailure(.invalid, "missing --resource", help: "such as --resource 'acme/*'")
        }
        for action in allow + deny { try check(action) }
        let patterns = resources.map { ResourcePattern($0) }
        let words: [(effect: Access.Effect, actions: [String])] = [(.allow, allow), (.deny, deny)]
        return words.filter { !$0.actions.isEmpty }.map { effect, actions in
            Access.Statement(effect: effect, actions: actions.map { ActionPattern($0) }, resources: patterns)
        }
    }

    private static func check(_ action: String) throws(EditFailure) {
        let actions = ActionPattern.names
        guard !actions.contains(action) else { return }
        let nearest =
            NearestName.find(action, among: actions)
            ?? actions.first { $0.hasSuffix(":" + action) }
        throw EditFailure(
            .invalid,
            "\"\(action)\" is not an action",
            help: nearest.map { "did you mean \"\($0)\"?" } ?? "it is one of \(actions.joined(separator: ", "))"
        )
    }
}
