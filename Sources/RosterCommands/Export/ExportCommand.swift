import ArgumentParser
import RosterBridges
import RosterWorkspace

/// `roster export`: the providers as the configuration of another program.
struct ExportCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write providers as the configuration of another program, with references to their keys.",
        discussion: """
            Keys are references to variables such as ROSTER_ACME_GPT_4O_API_KEY, which roster exec --all sets. \
            What the format cannot express is reported on standard error.

            With --values, the file contains the keys. Each is checked as roster exec checks it.
            """
    )
    static let examples = [
        "roster export litellm -o litellm.yaml", "roster export dotenv acme/gpt-4o --values -o .env",
    ]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("The format.", valueName: "format"))
    var format: ExportFormat

    @Argument(
        help: ArgumentHelp("<project>/<handle>, unique handles or ids (default: all)", valueName: "provider")
    )
    var targets: [String] = []

    @Option(help: ArgumentHelp("Export the providers of this project.", valueName: "handle"))
    var project: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The output file (default, and -: standard output).", valueName: "file")
    )
    var output: String?

    @Flag(help: "Exit with 1 when the format cannot express a part of a provider.")
    var strict = false

    @Flag(help: "Write the keys themselves, to a file that only you can read: dotenv and kubernetes.")
    var values = false

    @OptionGroup var options: RuntimeOptions
    @OptionGroup var identities: IdentityOptions

    func validate() throws {
        guard project == nil || targets.isEmpty else { throw ValidationError("Name providers, or a --project.") }
        if output?.isEmpty == true { throw ValidationError("-o needs the name of a file.") }
        guard values else {
            guard identities.identity.isEmpty else { throw ValidationError("--identity goes with --values.") }
            return
        }
        guard format.hasValues else {
            throw ValidationError("--values goes with dotenv and kubernetes: \(format.rawValue) refers to variables.")
        }
        guard let output, output != "-" else {
            throw ValidationError("--values writes keys, and only to a file: name it with -o.")
        }
    }

    func run(_ context: CommandContext) async throws {
        if let output, options.registry == nil {
            let repository = try Repository(globals, in: context)
            guard !repository.isSource(output, below: context.currentFolder) else {
                throw CommandFailure.usage("\(output) is one of the repository's own files", help: "name another file")
            }
        }
        let session = try await RuntimeSession(globals, options, identities, context)
        let providers = try session.exportedProviders(named: targets, in: project)
        var findings: [ExportFinding] = []
        if values, let output {
            findings = try await session.writeValues(of: providers, as: format, to: output)
        } else {
            let text = format.text(of: providers, &findings)
            try session.write(text, to: output == "-" ? nil : output)
        }
        try session.report(findings)
        if strict, !findings.isEmpty { throw CommandFailure.findings }
    }
}

extension ExportFormat: ExpressibleByArgument {}
