import Glibc
import RosterJSON
import RosterModel
import SealedBoxes

extension OpenEndpoint {
    /// Returns a chat request of one message.
    ///
    /// - Parameters:
    ///   - prompt: the message.
    ///   - maximumTokens: the most tokens that the answer may have.
    /// - Returns: the request, which holds the key.
    /// - Throws: ``ProviderFailure`` when the key may not be sent there, or when a value is not allowed in a header.
    public func chatRequest(_ prompt: String, maximumTokens: Int) throws(ProviderFailure) -> ProviderRequest {
        try chatRequest(body: ChatBody.make(facts, model: provider.record.defaultModel, prompt, maximumTokens))
    }

    /// Returns a chat request with the caller's body, in the provider's format.
    ///
    /// - Parameter body: JSON.
    /// - Returns: the request, which holds the key.
    /// - Throws: ``ProviderFailure`` when the key may not be sent there, or when a value is not allowed in a header.
    public func chatRequest(body: [UInt8]) throws(ProviderFailure) -> ProviderRequest {
        try request("POST", endpoint.chat, body: body, at: now())
    }

    /// Returns a request for the models that the provider lists for this key.
    ///
    /// - Parameter page: the ``ModelPage/next`` of the preceding page; nil for the first page.
    /// - Returns: the request, which holds the key.
    /// - Throws: ``ProviderFailure`` when the key may not be sent there, or when a value is not allowed in a header.
    public func modelsRequest(after page: PageToken? = nil) throws(ProviderFailure) -> ProviderRequest {
        try request("GET", endpoint.models, query: page?.query ?? "", at: now())
    }

    func request(
        _ method: String,
        _ url: RequestURL,
        query: String = "",
        body: [UInt8] = [],
        at moment: Timestamp
    ) throws(ProviderFailure) -> ProviderRequest {
        try check(url)
        let query = [url.query, query].filter { !$0.isEmpty }.joined(separator: "&")
        var headers = [
            ProviderRequest.Field("Accept", "application/json"),
            ProviderRequest.Field("User-Agent", "roster"),
        ]
        if !body.isEmpty { headers.append(ProviderRequest.Field("Content-Type", "application/json")) }
        headers += try provider.configuredHeaders()
        let unsigned = ProviderRequest(
            method: method,
            origin: url.origin,
            target: query.isEmpty ? url.path : url.path + "?" + query,
            headers: headers,
            body: body
        )
        return ProviderRequest(
            method: method,
            origin: url.origin,
            target: unsigned.target,
            headers: headers + (try authentication(of: unsigned, path: url.path, query: query, at: moment)),
            body: body
        )
    }

    private func authentication(
        of request: ProviderRequest,
        path: String,
        query: String,
        at moment: Timestamp
    ) throws(ProviderFailure) -> [ProviderRequest.Field] {
        switch credential {
        case .none: return []
        case .key(let key):
            if case .header(let name) = facts.authentication {
                return [ProviderRequest.Field(name.description, key.text, isSecret: true)]
            }
            return [ProviderRequest.Field("Authorization", "Bearer " + key.text, isSecret: true)]
        case .signing(let key):
            guard case .awsSignature(let service) = facts.authentication,
                let region = provider.record.config?["region"]?.string
            else { throw ProviderFailure(.endpoint, "\(provider.name) has no region to sign for") }
            let signer = AWSSigner(region: region, service: service.description, at: moment)
            var fields = [ProviderRequest.Field("X-Amz-Date", signer.date)]
            if key.sessionToken.count > 0 {
                fields.append(ProviderRequest.Field("X-Amz-Security-Token", key.sessionToken.text, isSecret: true))
            }
            // The headers that AWS's SDKs sign: none that a client or a proxy may change.
            var signed = SigningRequest(
                method: request.method,
                path: path,
                query: query,
                headers: [("host", request.hostField)] + fields.map { ($0.name, $0.value) },
                body: request.body
            )
            signed.headers += request.headers.filter { $0.name == "Content-Type" }.map { ($0.name, $0.value) }
            let value = try signer.authorization(signed, key)
            return fields + [ProviderRequest.Field("Authorization", value, isSecret: true)]
        }
    }
}

extension Timestamp {
    /// The system's clock.
    static var now: Timestamp { Timestamp(secondsSince1970: Int64(time(nil))) }
}
