import ArgumentParser
import RosterRuntime

/// `roster exec`: a program that uses a provider through the provider's own SDK.
struct ExecCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Run a program with the variables that the provider's own SDK reads.",
        discussion: """
            The program takes Roster's place, so its signals and its exit status are its own. It is trusted with the key. \
            Variables of other providers, and those that would send an SDK elsewhere, are taken out of its environment.
            """
    )
    static let examples = ["roster exec acme/gpt-4o -- python3 app.py", "roster exec acme/gpt-4o --dry-run"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>, a unique handle or an id", valueName: "provider"))
    var target: String

    @OptionGroup var options: RuntimeOptions
    @OptionGroup var identities: IdentityOptions

    @Flag(help: "Print the variables, and run nothing.")
    var dryRun = false

    @OptionGroup var output: ListFormatOptions

    @Argument(parsing: .postTerminator, help: ArgumentHelp("the program and its arguments", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        guard dryRun || !command.isEmpty else {
            throw ValidationError("Name the program after --: roster exec PROVIDER -- COMMAND …")
        }
        guard dryRun || output.format == .text else { throw ValidationError("--format json goes with --dry-run.") }
    }

    func run(_ context: CommandContext) async throws {
        let session = try await RuntimeSession(globals, options, identities, context)
        let endpoint = try session.open(session.provider(target))
        do {
            let environment = try endpoint.environment()
            if let note = endpoint.baseURLNote { try session.note("note: \(note)") }
            if dryRun {
                return try session.show(environment, of: endpoint.provider.name, output.format)
            }
            // A name that does not resolve here is left to the program, which may know a proxy that resolves it.
            _ = try await session.client().checkAddresses(of: endpoint.origin)
            throw context.process.replace(command, environment, context.variables)
        } catch let failure as ProviderFailure { throw CommandFailure(failure) }
    }
}
