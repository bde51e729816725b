import ArgumentParser
import RosterRuntime

/// `roster exec`: a program that uses providers through the providers' own SDKs.
struct ExecCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Run a program with the variables that the provider's own SDK reads.",
        usage: "roster exec [<options>] <provider> ... -- <command> ...",
        discussion: """
            The program takes Roster's place, so its signals and its exit status are its own. It is trusted with the key. \
            Variables of other providers, and those that would send an SDK elsewhere, are taken out of its environment.

            Several providers give the variables of each. Two that need different values of one are refused, unless \
            --prefix gives each separate names, or --first-wins leaves the second one out.
            """
    )
    static let examples = [
        "roster exec acme/gpt-4o -- python3 app.py", "roster exec --all -- litellm --config litellm.yaml",
    ]

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var set: ProviderSetOptions
    @OptionGroup var options: RuntimeOptions
    @OptionGroup var identities: IdentityOptions

    @Flag(help: "Print the variables, and run nothing.")
    var dryRun = false

    @OptionGroup var output: ListFormatOptions

    func validate() throws {
        guard dryRun || !set.program.isEmpty else {
            throw ValidationError("Name the program after --: roster exec PROVIDER -- COMMAND …")
        }
        guard dryRun || output.format == .text else { throw ValidationError("--format json goes with --dry-run.") }
    }

    func run(_ context: CommandContext) async throws {
        let session = try await RuntimeSession(globals, options, identities, context)
        let selection = try session.select(set)
        let opened = try session.open(selection)
        guard !dryRun else {
            let names = set.isSingle ? nil : selection.plan.members.map(\.provider.name)
            return try session.show(opened.environment, of: names, output.format)
        }
        try await session.checkAddresses(opened)
        throw context.process.replace(set.program, opened.environment, context.variables)
    }
}
