import RosterDiagnostics
import RosterModel

extension CommandContext {
    /// The options for rendering results on standard output.
    func renderOptions(_ globals: GlobalOptions) -> RenderOptions {
        RenderOptions(
            useColor: usesColor(globals.color, on: standardOutput),
            isQuiet: globals.quiet,
            breaksWorkflowCommands: isGitHubActions
        )
    }

    /// Returns the text of diagnostics on standard error, for every command but `check`.
    func text(of diagnostics: [Diagnostic], _ globals: GlobalOptions) -> String {
        let report = Report(
            diagnostics: diagnostics,
            files: [],
            summary: Report.Summary(errors: 0, warnings: 0, projects: 0, providers: 0, secrets: 0),
            rules: [],
            toolVersion: RosterVersion.text
        )
        let options = RenderOptions(
            useColor: usesColor(globals.color, on: standardError),
            isQuiet: true,
            breaksWorkflowCommands: isGitHubActions
        )
        return render(report, as: .text, options: options)
    }
}
