import ArgumentParser
import RosterRuntime

/// `roster env`: the variables of `roster exec`, for what starts programs itself.
struct EnvCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "env",
        abstract: "Print the variables that roster exec sets: their names, or with --values all of them.",
        discussion: """
            Without --values no identity is read. With --values the output contains keys: it is refused on a terminal. \
            The endpoint is examined as exec does.

            sh unsets the variables that exec takes out, and exports the others; dotenv is a file as python-dotenv reads \
            it; github is what a step of GitHub Actions appends to the file that GITHUB_ENV names.
            """
    )
    static let examples = ["roster env acme/gpt-4o", "roster env acme/gpt-4o --format dotenv --values > .env"]

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var set: ProviderSetOptions
    @OptionGroup var options: RuntimeOptions
    @OptionGroup var identities: IdentityOptions

    @Flag(help: "Print the values, the keys among them.")
    var values = false

    @OptionGroup var output: FormatOptions<EnvironmentFormat>

    func run(_ context: CommandContext) async throws {
        guard !values || !context.standardOutput.isTerminal else {
            throw CommandFailure.usage(
                "--values prints keys, and the output is a terminal",
                help: "redirect it to a file that only you can read, or start the program with roster exec"
            )
        }
        let session = try await RuntimeSession(globals, options, identities, context)
        let selection = try session.select(set)
        let names = set.isSingle ? nil : selection.plan.members.map(\.provider.name)
        guard values else { return try session.showNames(selection, of: names, output.format) }
        let opened = try session.open(selection)
        try await session.checkAddresses(opened)
        try session.write(opened.environment, of: names, output.format)
    }
}

extension EnvironmentFormat: ResultFormat {
    static var text: Self { .sh }
}

extension RuntimeSession {
    /// Prints the names of the variables of providers, without opening a secret.
    fileprivate func showNames(_ selection: Selection, of providers: [String]?, _ format: EnvironmentFormat) throws {
        try report(selection.failures)
        var variables: [(provider: String, name: String, value: String?)] = []
        var seen: Set<String> = []
        do throws(ProviderFailure) {
            for member in selection.plan.members {
                for name in try member.provider.variableNames(member.form) where seen.insert(name).inserted {
                    variables.append((member.provider.name, name, nil))
                }
            }
        } catch { throw CommandFailure(error) }
        if format == .json { return try show(variables, of: providers) }
        for variable in variables { try printLine(variable.name) }
    }

    /// Writes variables with their values.
    fileprivate func write(
        _ environment: borrowing ExecEnvironment,
        of providers: [String]?,
        _ format: EnvironmentFormat
    ) throws {
        let removed = environment.removed(from: context.variables)
        do {
            let text = try environment.text(
                format,
                unsetting: removed,
                providers: providers,
                delimiter: context.makeID("roster_")
            )
            // Also without GITHUB_ENV, the output of a step is a log that others can read.
            if context.isGitHubActions { try context.standardError.write(environment.masks()) }
            if format != .sh, !removed.isEmpty {
                let names = removed.joined(separator: ", ")
                try note("note: exec would take out \(names), which this format cannot express")
            }
            try context.standardOutput.write(text)
        } catch let failure as ProviderFailure { throw CommandFailure(failure) }
    }
}
