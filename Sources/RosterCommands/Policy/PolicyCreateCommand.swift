import ArgumentParser
import RosterCompiler
import RosterEditing
import RosterModel

struct PolicyCreateCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a policy.",
        discussion: """
            An action is aiProviders:ListAiProviders, aiProviders:GetAiProvider, aiProviders:CreateAiProvider, \
            aiProviders:UpdateAiProvider, aiProviders:DeleteAiProvider, aiProviders:* or *. A resource is *, <project>/* \
            or <project>/<provider>. Quote what has a * in it.
            """
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: "What tokens name it by.")
    var name: String

    @Option(parsing: .upToNextOption, help: ArgumentHelp("What is allowed.", valueName: "action"))
    var allow: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("An action that is denied even when it is also allowed.", valueName: "action")
    )
    var deny: [String] = []

    @Option(parsing: .upToNextOption, help: ArgumentHelp("What it is about.", valueName: "resource"))
    var resource: [String] = []

    @OptionGroup var writing: WritingOptions

    func run(_ context: CommandContext) async throws {
        guard !allow.isEmpty || !deny.isEmpty else {
            throw CommandFailure.usage(
                "missing --allow",
                help: "such as --allow aiProviders:ListAiProviders aiProviders:GetAiProvider"
            )
        }
        guard !resource.isEmpty else {
            throw CommandFailure.usage("missing --resource", help: "such as --resource 'acme/*'")
        }
        for action in allow + deny { try Self.check(action) }
        var statements: [Access.Statement] = []
        if !allow.isEmpty { statements.append(Access.Statement(effect: .allow, actions: allow, resources: resource)) }
        if !deny.isEmpty { statements.append(Access.Statement(effect: .deny, actions: deny, resources: resource)) }
        let session = try await EditSession(globals, context)
        let wasOpen = try await session.records(dated: false).access == nil
        let isWritten = try await session.perform(
            .createPolicy(Access.Policy(name: name, statements: statements)),
            writing,
            done: "made the policy \(name); create a token with it: roster token create --name TEXT --policy \(name)"
        )
        if isWritten, wasOpen {
            try session.note("every client could read before this change; after it, only clients with a token can")
        }
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
