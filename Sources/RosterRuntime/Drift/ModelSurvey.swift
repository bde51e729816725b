import RosterModel

/// A comparison of many providers' default models with the lists that the providers serve, several at the same time.
///
/// Each provider gets `GET` requests for its list only, with its own key: one, or one for each page until the model is found.
/// Secrets are opened in sequence.
package struct ModelSurvey {
    private let send: @Sendable (ProviderRequest) async throws(ProviderFailure) -> ProviderAnswer
    private let pages: Int

    /// The most requests at the same time.
    package static let width = 16

    /// Creates a survey that sends requests by a closure, for at most `pages` pages of a list.
    package init(
        pages: Int = ClientLimits().pages,
        send: @escaping @Sendable (ProviderRequest) async throws(ProviderFailure) -> ProviderAnswer
    ) { (self.pages, self.send) = (pages, send) }

    /// Creates a survey that sends requests by a client.
    package init(_ client: ProviderClient) {
        self.init(pages: client.pages) { (request) throws(ProviderFailure) in try await client.send(request) }
    }

    /// A provider before its request.
    package enum Candidate: ~Copyable {
        /// A provider that is asked.
        case open(OpenEndpoint)
        /// A provider that is not asked.
        case result(ModelCheck)
    }

    private typealias Reply = Result<ProviderAnswer, ProviderFailure>

    /// Asks providers, and returns their results in order.
    ///
    /// - Parameters:
    ///   - names: the names of the providers.
    ///   - show: shows a request that is not sent; nil to send requests.
    ///   - open: opens a provider.
    /// - Returns: the results, one for each name; none for a request that was shown.
    package func run(
        _ names: [String],
        showing show: ((_ request: ProviderRequest, _ provider: String) throws -> Void)? = nil,
        open: (_ name: String) throws -> Candidate
    ) async -> [ModelCheck] {
        var results: [ModelCheck?] = Array(repeating: nil, count: names.count)
        var lists: [Int: PendingList] = [:]
        await withTaskGroup(of: (Int, Reply).self) { group in
            func ask(_ index: Int, _ request: ProviderRequest) {
                group.addTask { [send] in
                    do throws(ProviderFailure) {
                        // Not in the tuple, in which the optimizer of Swift 6.3 loses the index during the wait.
                        let answer = try await send(request)
                        return (index, .success(answer))
                    } catch { return (index, .failure(error)) }
                }
            }
            func take(_ index: Int, _ reply: Reply) {
                guard let list = lists[index] else { return }
                switch list.take(reply, pages: pages) {
                case .request(let request): ask(index, request)
                case .result(let result):
                    results[index] = result
                    // The key is erased.
                    lists[index] = nil
                }
            }
            for (index, name) in names.enumerated() {
                while lists.count >= Self.width, let (done, reply) = await group.next() { take(done, reply) }
                do {
                    switch try open(name) {
                    case .result(let result): results[index] = result
                    case .open(let endpoint):
                        let list = PendingList(endpoint)
                        let request = try list.request()
                        if let show {
                            try show(request, name)
                        } else {
                            lists[index] = list
                            ask(index, request)
                        }
                    }
                } catch let failure as ProviderFailure {
                    results[index] = ModelCheck(name, .undecided, reason: failure.message, help: failure.help)
                } catch { results[index] = ModelCheck(name, .undecided, reason: "it cannot be used") }
            }
            while let (done, reply) = await group.next() { take(done, reply) }
        }
        return results.compactMap(\.self)
    }
}

/// A list of models that is being read.
private final class PendingList {
    /// The result of a page.
    enum Step {
        case request(ProviderRequest)
        case result(ModelCheck)
    }

    private let endpoint: OpenEndpoint
    private let wanted: ModelNames
    private var models: [String] = []
    private var seen: Set<PageToken> = []
    private var count = 1

    init(_ endpoint: consuming OpenEndpoint) {
        wanted = ModelNames(of: endpoint.provider.record)
        self.endpoint = endpoint
    }

    /// Returns the request for the first page.
    func request() throws(ProviderFailure) -> ProviderRequest { try endpoint.modelsRequest() }

    /// Reads a page, and returns the request for the next one unless the result is known.
    func take(_ reply: Result<ProviderAnswer, ProviderFailure>, pages: Int) -> Step {
        var status: Int?
        do throws(ProviderFailure) {
            let answer = try reply.get()
            status = answer.status
            let page = try endpoint.models(in: answer)
            let names = page.models.map(\.id)
            models += names
            guard models.count <= AnswerLimits.models, count <= pages else { throw endpoint.tooManyModels }
            guard let token = page.next, !wanted.isServed(by: names) else {
                return .result(ModelCheck(endpoint, listing: models, status: answer.status))
            }
            guard seen.insert(token).inserted else {
                throw ProviderFailure(.malformedAnswer, "the list of models of \(endpoint.provider.name) has no end")
            }
            count += 1
            return .request(try endpoint.modelsRequest(after: token))
        } catch {
            var result = ModelCheck(endpoint, error)
            result.status = status
            return .result(result)
        }
    }
}
