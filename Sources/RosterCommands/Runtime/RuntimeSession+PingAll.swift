import RosterDiagnostics
import RosterJSON
import RosterRuntime
import RosterWorkspace

extension RuntimeSession {
    /// Pings every provider, and prints the outcomes.
    ///
    /// - Throws: ``CommandFailure`` when a provider did not answer.
    func pingAll(isAmbientAllowed: Bool, isDryRun: Bool, _ format: ListFormat) async throws {
        let survey = PingSurvey(try client())
        var requests: [(provider: String, request: ProviderRequest)] = []
        func show(_ request: ProviderRequest, to provider: String) throws {
            guard format == .text else { return requests.append((provider, request)) }
            try self.show(request, to: provider, format)
            try printLine("")
        }
        let outcomes = await survey.run(providers.names, showing: isDryRun ? show : nil) { name in
            do {
                let provider = try provider(name)
                guard isAmbientAllowed || !provider.isAmbient else {
                    let why = "it uses the host's own AWS identity: --ambient"
                    return .outcome(PingOutcome(provider: name, skipped: why))
                }
                return .open(try open(provider))
            } catch let failure as CommandFailure {
                let why = failure.message ?? "it cannot be used"
                return .outcome(PingOutcome(provider: name, error: why, help: failure.help))
            }
        }
        if !isDryRun { try write(outcomes, format) }
        if isDryRun, format == .json {
            try print { json in
                json.array(of: requests) { $1.request($0.request, to: $0.provider) }
            }
        }
        let failed = outcomes.filter { $0.error != nil }
        guard !failed.isEmpty else { return }
        if isDryRun {
            for outcome in failed {
                let message = "\(outcome.provider): \(outcome.error ?? "")"
                CommandFailure.impossible(message, help: outcome.help).report(in: context)
            }
        }
        throw CommandFailure(exitCode: 3)
    }

    private func write(_ outcomes: [PingOutcome], _ format: ListFormat) throws {
        guard format == .text else {
            return try print { json in
                json.array(of: outcomes) { outcome, json in outcome.write(to: &json) }
            }
        }
        let rows = outcomes.map { outcome in
            [
                outcome.provider, outcome.error != nil ? "failed" : outcome.skipped != nil ? "skipped" : "ok",
                outcome.status.map { "\($0)" } ?? "", outcome.milliseconds,
                outcome.error ?? outcome.skipped ?? outcome.printedLine,
            ]
        }
        try table(rows)
        for outcome in outcomes {
            guard let help = outcome.help else { continue }
            CommandFailure.impossible("\(outcome.provider) failed", help: help).report(in: context)
        }
    }
}
