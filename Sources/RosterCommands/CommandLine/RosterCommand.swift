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
        subcommands: [
            InitCommand.self, CheckCommand.self, CompileCommand.self, DiffCommand.self, LogCommand.self,
            BlameCommand.self, ServeCommand.self, MCPCommand.self, ProviderCommand.self, SecretCommand.self,
            KeyCommand.self, ProjectCommand.self, PolicyCommand.self, TokenCommand.self, ModelsCommand.self,
            PingCommand.self, ExecCommand.self, ExplainCommand.self, SchemaCommand.self, OpenAPICommand.self,
            VersionCommand.self,
        ]
    )

    @OptionGroup var globals: GlobalOptions

    package init() {}
}
