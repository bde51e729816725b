import ArgumentParser
import RosterBridges

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
    @OptionGroup var export: ExportOptions
    @OptionGroup var options: RuntimeOptions
    @OptionGroup var identities: IdentityOptions

    func validate() throws {
        guard export.values || identities.identity.isEmpty else {
            throw ValidationError("--identity goes with --values.")
        }
    }

    func run(_ context: CommandContext) async throws {
        let session = try await RuntimeSession(globals, options, identities, context)
        if let file = export.file { try session.refuseSource(file) }
        let providers = try session.exportedProviders(named: export.targets, in: export.project)
        var findings: [ExportFinding] = []
        if export.values, let file = export.file {
            findings = try await session.writeValues(of: providers, as: export.format, to: file)
        } else {
            let text = export.format.text(of: providers, &findings)
            try session.write(text, to: export.file)
        }
        try session.report(findings)
        if export.strict, !findings.isEmpty { throw CommandFailure.findings }
    }
}
