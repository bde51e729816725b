package import ArgumentParser
import RosterModel

/// The program: everything is in its subcommands.
package struct RosterCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "roster",
        abstract: "A registry of LLM providers, kept as files in git, with sealed keys.",
        discussion: """
            Providers and secrets are YAML files, changed by pull request. check validates them, compile turns them \
            into one reproducible JSON registry.

            Exit codes: 0 done; 1 findings; 2 changes (diff --detailed-exitcode); 3 the command failed; 64 wrong usage.
            """,
        version: RosterBuild.current.text,
        groupedSubcommands: [
            CommandGroup(name: "Start", subcommands: [InitCommand.self]),
            CommandGroup(
                name: "Check and review",
                subcommands: [CheckCommand.self, DiffCommand.self, LogCommand.self, BlameCommand.self]
            ),
            CommandGroup(name: "Edit", subcommands: [ProviderCommand.self, ProjectCommand.self, ImportCommand.self]),
            CommandGroup(
                name: "Secrets and access",
                subcommands: [SecretCommand.self, KeyCommand.self, PolicyCommand.self, TokenCommand.self]
            ),
            CommandGroup(
                name: "Use",
                subcommands: [ModelsCommand.self, PingCommand.self, ExecCommand.self, EnvCommand.self]
            ),
            CommandGroup(
                name: "Serve and publish",
                subcommands: [
                    CompileCommand.self, PublishCommand.self, PublicationCommand.self, ExportCommand.self,
                    ServeCommand.self, MCPCommand.self,
                ]
            ),
            CommandGroup(
                name: "Reference",
                subcommands: [ExplainCommand.self, SchemaCommand.self, OpenAPICommand.self, VersionCommand.self]
            ),
        ]
    )

    @OptionGroup var globals: GlobalOptions

    package init() {}
}

extension RosterCommand: DocumentedCommand {
    static let examples = [
        "roster init --project acme",
        "roster check --strict",
        "roster provider create --project acme --name Claude --provider anthropic \\\n"
            + "    --default-model claude-sonnet-4-5 --secret anthropic-prod",
    ]
}
