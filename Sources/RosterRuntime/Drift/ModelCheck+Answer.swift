import RosterModel

extension ModelCheck {
    /// Creates the result of a provider that cannot be asked.
    init(_ endpoint: borrowing OpenEndpoint, _ failure: ProviderFailure) {
        let verdict: Verdict =
            switch failure.code {
            case .address, .connection, .tls, .timeout: .unreachable
            case .refused(let status): Self.refusals.contains(status) ? .keyRefused : .undecided
            default: .undecided
            }
        let provider = endpoint.provider
        self.init(
            provider.name,
            model: provider.record.defaultModel,
            verdict,
            reason: failure.message,
            help: failure.help
        )
        if case .refused(let status) = failure.code { self.status = status }
    }

    private static let refusals: Set<Int> = [401, 403]

    /// Creates the result of a complete list, without any text in which the key could be.
    init(_ endpoint: borrowing OpenEndpoint, listing models: [String], status: Int) {
        let provider = endpoint.provider
        let (record, wanted) = (provider.record, provider.record.defaultModel)
        let isListed = ModelNames(of: record).isServed(by: models)
        self.init(provider.name, model: wanted, .served, reason: nil)
        self.status = status
        if record.slug == .azure {
            verdict = .undecided
            reason = "the list of Azure has models, and \(wanted) is the name of a deployment"
        } else if !isListed, models.isEmpty {
            verdict = .undecided
            reason = "the list of models is empty"
        } else if !isListed, endpoint.hasKey, Self.serversOfAnyKey.contains(record.slug) {
            verdict = .undecided
            reason =
                "\(wanted) is not in the list, and a server of \(record.slug.rawValue) can answer any key with the same list"
        } else if !isListed {
            verdict = .missing
            reason = "\(wanted) is not in the list of models that the provider serves today"
        }
        if !isListed, record.slug != .azure { nearest = ModelNames.nearest(to: wanted, among: models) }
    }

    /// Slugs of servers that need not check a key, so that their list may be another than the key's.
    private static let serversOfAnyKey: Set<ProviderSlug> = [.gateway, .custom, .ollama]
}
