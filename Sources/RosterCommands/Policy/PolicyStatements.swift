import RosterCompiler
import RosterEditing
import RosterModel

/// The statements of a policy, from the words of a command line.
enum PolicyStatements {
    /// Returns a statement for the allowed actions and one for the denied actions, if there are any.
    ///
    /// - Throws: ``CommandFailure`` when a word is not an action, or none is given.
    static func make(allow: [String], deny: [String], resources: [String]) throws -> [Access.Statement] {
        guard !allow.isEmpty || !deny.isEmpty else {
            throw CommandFailure.usage(
                "missing --allow",
                help: "such as --allow aiProviders:ListAiProviders aiProviders:GetAiProvider"
            )
        }
        guard !resources.isEmpty else {
            throw CommandFailure.usage("missing --resource", help: "such as --resource 'acme/*'")
        }
        for action in allow + deny { try check(action) }
        return [
            Access.Statement(effect: .allow, actions: allow, resources: resources),
            Access.Statement(effect: .deny, actions: deny, resources: resources),
        ].filter { !$0.actions.isEmpty }
    }

    private static func check(_ action: String) throws {
        let actions = AccessAction.allCases.map(\.rawValue) + AccessAction.wildcards
        guard !actions.contains(action) else { return }
        let nearest =
            NearestName.find(action, among: actions)
            ?? actions.first { $0.hasSuffix(":" + action) }
        throw CommandFailure.usage(
            "\"\(action)\" is not an action",
            help: nearest.map { "did you mean \"\($0)\"?" } ?? "it is one of \(actions.joined(separator: ", "))"
        )
    }
}
