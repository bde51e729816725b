/// The result of a small chat request.
public struct PingResult: Sendable {
    /// The status.
    public var status: Int
    /// The time from sending to the complete answer, including retries.
    public var latency: Duration
    /// The beginning of the text of the answer, at most 2,000 Unicode scalars, without the key; empty when the model
    /// returned no text.
    public var text: String
}

extension ProviderClient {
    /// Sends a small chat request to the provider's default model.
    ///
    /// - Throws: ``ProviderFailure``.
    public func ping(_ endpoint: borrowing OpenEndpoint) async throws(ProviderFailure) -> PingResult {
        let request = try endpoint.pingRequest()
        let (answer, latency): (ProviderAnswer, Duration)
        do { (answer, latency) = try await timed(request) } catch { throw error.about(endpoint.provider) }
        return PingResult(status: answer.status, latency: latency, text: try endpoint.chatExcerpt(in: answer))
    }

    /// Sends a request and measures the time.
    package func timed(_ request: ProviderRequest) async throws(ProviderFailure) -> (ProviderAnswer, Duration) {
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try await send(request)
        return (answer, clock.now - start)
    }

    /// Returns every model that the provider lists for the key, from all pages.
    ///
    /// - Throws: ``ProviderFailure``.
    public func models(_ endpoint: borrowing OpenEndpoint) async throws(ProviderFailure) -> [ProviderModel] {
        var models: [ProviderModel] = []
        var seen: Set<PageToken> = []
        var next: PageToken?
        for _ in 0..<pages {
            let request = try endpoint.modelsRequest(after: next)
            let answer: ProviderAnswer
            do { answer = try await send(request) } catch { throw error.about(endpoint.provider) }
            let page = try endpoint.models(in: answer)
            models += page.models
            guard models.count <= AnswerLimits.models else { throw endpoint.tooManyModels }
            guard let token = page.next else { return models }
            guard seen.insert(token).inserted else {
                throw ProviderFailure(.malformedAnswer, "the list of models of \(endpoint.provider.name) has no end")
            }
            next = token
        }
        throw ProviderFailure(.tooLarge, "the list of models of \(endpoint.provider.name) has more than \(pages) pages")
    }
}

extension ProviderFailure {
    /// Returns the failure with the provider's name as a prefix, which a client does not know.
    fileprivate func about(_ provider: RegisteredProvider) -> ProviderFailure {
        ProviderFailure(code, "\(provider.name): \(message)", help: help)
    }
}

extension OpenEndpoint {
    /// The smallest prompt.
    package func pingRequest() throws(ProviderFailure) -> ProviderRequest {
        try chatRequest("ping", maximumTokens: 16)
    }
}
