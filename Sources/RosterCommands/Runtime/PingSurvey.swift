import RosterDiagnostics
import RosterJSON
import RosterRuntime
import RosterWorkspace

/// Pings every provider of a registry, several at the same time.
///
/// Secrets are opened in sequence; requests run concurrently.
struct PingSurvey {
    let session: RuntimeSession
    let isAmbientAllowed: Bool
    let isDryRun: Bool

    private static let width = 8

    /// An endpoint that waits for an answer.
    private final class Waiting {
        let endpoint: OpenEndpoint

        init(_ endpoint: consuming OpenEndpoint) { self.endpoint = endpoint }
    }

    private enum Reply: Sendable {
        case answer(ProviderAnswer, Duration)
        case failure(ProviderFailure)
    }

    func run(_ format: ListFormat) async throws {
        let client = try session.client()
        let names = session.providers.names
        var outcomes: [PingOutcome?] = Array(repeating: nil, count: names.count)
        var waiting: [Int: Waiting] = [:]
        await withTaskGroup(of: (Int, Reply).self) { group in
            for (index, name) in names.enumerated() {
                if waiting.count >= Self.width, let (done, reply) = await group.next() {
                    outcomes[done] = Self.outcome(of: reply, names[done], waiting.removeValue(forKey: done))
                }
                do {
                    let provider = try session.provider(name)
                    guard isAmbientAllowed || !provider.isAmbient else {
                        let why = "it uses the host's own AWS identity: --ambient"
                        outcomes[index] = PingOutcome(provider: name, skipped: why)
                        continue
                    }
                    let open = Waiting(try session.open(provider))
                    let request = try open.endpoint.pingRequest()
                    guard !isDryRun else {
                        try session.show(request)
                        try session.printLine("")
                        outcomes[index] = PingOutcome(provider: name)
                        continue
                    }
                    waiting[index] = open
                    group.addTask {
                        do throws(ProviderFailure) {
                            let (answer, latency) = try await client.timed(request)
                            return (index, .answer(answer, latency))
                        } catch { return (index, .failure(error)) }
                    }
                } catch let failure as ProviderFailure {
                    outcomes[index] = PingOutcome(provider: name, error: failure.message, help: failure.help)
                } catch let failure as CommandFailure {
                    let why = failure.message ?? "it cannot be used"
                    outcomes[index] = PingOutcome(provider: name, error: why, help: failure.help)
                } catch {
                    outcomes[index] = PingOutcome(provider: name, error: "it cannot be used")
                }
            }
            for await (done, reply) in group {
                outcomes[done] = Self.outcome(of: reply, names[done], waiting.removeValue(forKey: done))
            }
        }
        let results = outcomes.compactMap(\.self)
        if !isDryRun { try write(results, format) }
        guard results.contains(where: { $0.error != nil }) else { return }
        if isDryRun {
            for result in results {
                guard let error = result.error else { continue }
                CommandFailure.impossible("\(result.provider): \(error)", help: result.help).report(in: session.context)
            }
        }
        throw CommandFailure(exitCode: 3)
    }

    private static func outcome(of reply: Reply, _ name: String, _ waiting: Waiting?) -> PingOutcome {
        guard let waiting else { return PingOutcome(provider: name, error: "it cannot be used") }
        var outcome = PingOutcome(provider: name, endpoint: waiting.endpoint.chatURL)
        switch reply {
        case .failure(let failure): (outcome.error, outcome.help) = (failure.message, failure.help)
        case .answer(let answer, let latency):
            outcome.status = answer.status
            outcome.latency = latency
            do { outcome.text = try waiting.endpoint.chatExcerpt(in: answer) } catch { outcome.error = error.message }
        }
        return outcome
    }

    private func write(_ outcomes: [PingOutcome], _ format: ListFormat) throws {
        guard format == .text else {
            return try session.print { json in
                json.array(of: outcomes) { outcome, json in
                    outcome.write(to: &json)
                }
            }
        }
        let rows = outcomes.map { outcome in
            [
                outcome.provider, outcome.error != nil ? "failed" : outcome.skipped != nil ? "skipped" : "ok",
                outcome.status.map { "\($0)" } ?? "", outcome.milliseconds,
                outcome.error ?? outcome.skipped ?? outcome.printedLine,
            ]
        }
        try session.table(rows)
        for outcome in outcomes {
            guard let help = outcome.help else { continue }
            CommandFailure.impossible("\(outcome.provider) failed", help: help).report(in: session.context)
        }
    }
}
