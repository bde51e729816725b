/// Pings many providers, several at the same time.
///
/// Secrets are opened in sequence; requests run concurrently.
package struct PingSurvey {
    /// Sends a request, and returns the answer with the time that it took.
    private let send: @Sendable (ProviderRequest) async throws(ProviderFailure) -> (ProviderAnswer, Duration)

    /// The most requests at the same time.
    package static let width = 8

    /// Creates a survey that sends requests by a closure.
    package init(
        send: @escaping @Sendable (ProviderRequest) async throws(ProviderFailure) -> (ProviderAnswer, Duration)
    ) { self.send = send }

    /// Creates a survey that sends requests by a client.
    package init(_ client: ProviderClient) {
        self.init { (request) throws(ProviderFailure) in try await client.timed(request) }
    }

    /// A provider before its request.
    package enum Candidate: ~Copyable {
        /// A provider that is pinged.
        case open(OpenEndpoint)
        /// A provider that is not pinged, or that cannot be used.
        case outcome(PingOutcome)
    }

    /// An endpoint that waits for an answer.
    private final class Waiting {
        let endpoint: OpenEndpoint

        init(_ endpoint: consuming OpenEndpoint) { self.endpoint = endpoint }
    }

    private enum Reply: Sendable {
        case answer(ProviderAnswer, Duration)
        case failure(ProviderFailure)
    }

    /// Pings providers, and returns their outcomes in order.
    ///
    /// - Parameters:
    ///   - names: the names of the providers.
    ///   - show: shows a request that is not sent; nil to send requests.
    ///   - open: opens a provider.
    /// - Returns: the outcomes, one for each name.
    package func run(
        _ names: [String],
        showing show: ((_ request: ProviderRequest, _ provider: String) throws -> Void)? = nil,
        open: (_ name: String) throws -> Candidate
    ) async -> [PingOutcome] {
        var outcomes: [PingOutcome?] = Array(repeating: nil, count: names.count)
        var waiting: [Int: Waiting] = [:]
        await withTaskGroup(of: (Int, Reply).self) { group in
            for (index, name) in names.enumerated() {
                if waiting.count >= Self.width, let (done, reply) = await group.next() {
                    outcomes[done] = Self.outcome(of: reply, names[done], waiting.removeValue(forKey: done))
                }
                do {
                    let endpoint: Waiting
                    switch try open(name) {
                    case .outcome(let outcome):
                        outcomes[index] = outcome
                        continue
                    case .open(let open): endpoint = Waiting(open)
                    }
                    let request = try endpoint.endpoint.pingRequest()
                    if let show {
                        try show(request, name)
                        outcomes[index] = PingOutcome(provider: name)
                        continue
                    }
                    waiting[index] = endpoint
                    group.addTask { [send] in
                        do throws(ProviderFailure) {
                            let (answer, latency) = try await send(request)
                            return (index, .answer(answer, latency))
                        } catch { return (index, .failure(error)) }
                    }
                } catch let failure as ProviderFailure {
                    outcomes[index] = PingOutcome(provider: name, error: failure.message, help: failure.help)
                } catch {
                    outcomes[index] = PingOutcome(provider: name, error: Self.unusable)
                }
            }
            for await (done, reply) in group {
                outcomes[done] = Self.outcome(of: reply, names[done], waiting.removeValue(forKey: done))
            }
        }
        return outcomes.compactMap(\.self)
    }

    private static let unusable = "it cannot be used"

    private static func outcome(of reply: Reply, _ name: String, _ waiting: Waiting?) -> PingOutcome {
        guard let waiting else { return PingOutcome(provider: name, error: unusable) }
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
}
