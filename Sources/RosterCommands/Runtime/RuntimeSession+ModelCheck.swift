import RosterCompiler
import RosterDiagnostics
import RosterJSON
import RosterModel
import RosterRuntime
import RosterWorkspace

extension RuntimeSession {
    /// Compares the default models of providers with the lists that the providers serve, and prints the results.
    ///
    /// - Throws: ``CommandFailure`` when a model is missing, a key is refused, or no provider answered.
    func checkModels(_ names: [String], isAmbientAllowed: Bool, isDryRun: Bool, _ format: ModelsFormat) async throws {
        let survey = ModelSurvey(try client())
        var requests: [(provider: String, request: ProviderRequest)] = []
        func show(_ request: ProviderRequest, to provider: String) throws {
            guard format == .text else { return requests.append((provider, request)) }
            try self.show(request, to: provider, .text)
            try printLine("")
        }
        let checks = await survey.run(names, showing: isDryRun ? show : nil) { name in
            do {
                let provider = try provider(name)
                guard isAmbientAllowed || !provider.isAmbient else {
                    let why = "it uses the host's own AWS identity: --ambient"
                    return .result(ModelCheck(name, model: provider.record.defaultModel, .undecided, reason: why))
                }
                return .open(try open(provider))
            } catch let failure as CommandFailure {
                let why = failure.message ?? "it cannot be used"
                return .result(ModelCheck(name, .undecided, reason: why, help: failure.help))
            }
        }
        if isDryRun {
            if format != .text {
                try print { json in json.array(of: requests) { $1.request($0.request, to: $0.provider) } }
            }
            for check in checks { try note("\(check.provider): \(check.explanation)") }
            return
        }
        try write(checks, format)
        let code = ModelCheck.exitCode(of: checks)
        if code == 3 { throw CommandFailure.impossible("no provider could be asked for its models") }
        if code != 0 { throw CommandFailure(exitCode: code) }
    }

    private func write(_ checks: [ModelCheck], _ format: ModelsFormat) throws {
        if let report = format.report {
            let text = render(self.report(of: checks), as: report)
            return try context.standardOutput.write(text)
        }
        guard format == .text else {
            return try print { json in json.array(of: checks) { check, json in check.write(to: &json) } }
        }
        try table(checks.map { [$0.provider, $0.verdict.rawValue, $0.model ?? "", $0.explanation] })
        for check in checks {
            guard let help = check.help else { continue }
            CommandFailure.impossible("\(check.provider): \(check.verdict.rawValue)", help: help).report(in: context)
        }
    }

    private func report(of checks: [ModelCheck]) -> Report {
        let prefix = providers.pathPrefix
        let diagnostics = checks.compactMap { $0.diagnostic(pathPrefix: prefix) }
        return Report(
            diagnostics: diagnostics,
            files: checks.map { $0.path(prefix: prefix) },
            summary: Report.Summary(
                errors: diagnostics.count { $0.severity == .error },
                warnings: diagnostics.count { $0.severity == .warning },
                projects: 0,
                providers: checks.count,
                secrets: 0
            ),
            rules: ModelCheck.rules,
            toolVersion: RosterVersion.text
        )
    }
}
