import ArgumentParser
import RosterCompiler
import RosterEditing
import RosterFrontend
import RosterModel

struct PolicyCreateCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create a policy.",
        discussion: """
            An action is aiProviders:ListAiProviders, aiProviders:GetAiProvider, aiProviders:CreateAiProvider, \
            aiProviders:UpdateAiProvider, aiProviders:DeleteAiProvider, aiProviders:* or *. A resource is *, <project>/* \
            or <project>/<provider>. Quote words with a *.
            """
    )
    static let examples = [
        "roster policy create readers --allow aiProviders:ListAiProviders \\\n"
            + "    aiProviders:GetAiProvider --resource 'acme/*'"
    ]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: "The name that tokens refer to it by.")
    var name: String

    @Option(parsing: .upToNextOption, help: ArgumentHelp("An action that is allowed.", valueName: "action"))
    var allow: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("An action that is denied even when it is also allowed.", valueName: "action")
    )
    var deny: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("A resource that the actions apply to.", valueName: "resource")
    )
    var resource: [String] = []

    @OptionGroup var writing: WritingOptions

    func run(_ context: CommandContext) async throws {
        let statements = try PolicyStatements.make(allow: allow, deny: deny, resources: resource)
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
}
