import RosterHTTPClient
import RosterModel
import Synchronization

/// A client of the JSON gateway of etcd (3.4 to 3.6), with the endpoints of one cluster.
final class EtcdClient: Sendable {
    /// An answer, and the endpoint that gave it.
    struct Answer<Value: Sendable>: Sendable {
        var value: Value
        var endpoint: Int
        /// The endpoints that were asked before.
        var failed: [Int]
    }

    let endpoints: [Origin]
    private let sender: any HTTPSender
    private let credentials: EtcdCredentials?
    /// The token of the user; empty when the cluster requires none, nil before the first request.
    private let token = Mutex<String?>(nil)
    /// The number of the endpoint that answered last, which others may not.
    private let answering = Mutex(0)

    init(_ address: EtcdAddress, sender: any HTTPSender, credentials: EtcdCredentials?) {
        endpoints = address.endpoints
        self.sender = sender
        self.credentials = credentials
    }

    /// Calls `body` with one endpoint after the other, until one answers or all would refuse.
    ///
    /// The number of the first endpoint wraps around; nil for the one that answered last.
    func inTurn<Value: Sendable>(
        from start: Int?,
        _ body: (Int) async throws(EtcdFailure) -> Value
    ) async throws(SourceProblem) -> Answer<Value> {
        var failed: [Int] = []
        var problem = EtcdMembers.malformed
        let start = start ?? answering.withLock { $0 }
        for offset in endpoints.indices {
            let endpoint = (start + offset) % endpoints.count
            do throws(EtcdFailure) {
                let value = try await body(endpoint)
                answering.withLock { $0 = endpoint }
                return Answer(value: value, endpoint: endpoint, failed: failed)
            } catch {
                let failure = error.at("\(endpoints[endpoint])")
                guard failure.remedy == .otherEndpoint else { throw failure.problem }
                problem = failure.problem
                failed.append(endpoint)
            }
        }
        throw problem
    }

    // MARK: - Requests to one endpoint

    func range(
        _ read: EtcdRead,
        at endpoint: Int,
        limit: Int,
        timing: HTTPTiming = EtcdLimits.unary
    ) async throws(EtcdFailure) -> EtcdRangeAnswer {
        let answer = try await call(.range(read), at: endpoint, limit: limit, timing: timing)
        do throws(SourceProblem) { return try EtcdRangeAnswer(answer, of: read) } catch { throw EtcdFailure(error) }
    }

    func put(_ value: [UInt8], at key: EtcdRange, endpoint: Int) async throws(EtcdFailure) {
        _ = try await call(.put(key, value: value), at: endpoint, limit: EtcdLimits.short, timing: EtcdLimits.upload)
    }

    func transaction(
        if conditions: [EtcdCondition],
        then success: [EtcdOperation],
        else failure: [EtcdOperation],
        at endpoint: Int,
        limit: Int
    ) async throws(EtcdFailure) -> EtcdTransactionAnswer {
        let request = EtcdRequest.transaction(if: conditions, then: success, else: failure)
        let answer = try await call(request, at: endpoint, limit: limit, timing: EtcdLimits.unary)
        do throws(SourceProblem) {
            return try EtcdTransactionAnswer(answer, then: success, else: failure)
        } catch { throw EtcdFailure(error) }
    }

    /// Opens a watch of one key, from a revision that need not exist yet.
    func watch(_ key: EtcdRange, from revision: Int64, at endpoint: Int) async throws(EtcdFailure) -> EtcdWatch {
        let response = try await withToken(at: endpoint) { (token) throws(EtcdFailure) in
            try await self.open(.watch(key, from: revision), token, at: endpoint, timing: EtcdLimits.watch)
        }
        return EtcdWatch(response.body, key: key.start, from: revision)
    }

    private func call(
        _ request: EtcdRequest,
        at endpoint: Int,
        limit: Int,
        timing: HTTPTiming
    ) async throws(EtcdFailure) -> EtcdMembers {
        try await withToken(at: endpoint) { (token) throws(EtcdFailure) in
            try await self.exchange(request, token, at: endpoint, limit: limit, timing: timing)
        }
    }

    /// Sends a request and reads its whole answer.
    private func exchange(
        _ request: EtcdRequest,
        _ token: String,
        at endpoint: Int,
        limit: Int,
        timing: HTTPTiming
    ) async throws(EtcdFailure) -> EtcdMembers {
        let response = try await open(request, token, at: endpoint, timing: timing)
        let bytes: [UInt8]
        do throws(HTTPFailure) { bytes = try await response.body.whole(limit: limit) } catch {
            throw EtcdFailure(error, timing)
        }
        do throws(SourceProblem) { return try EtcdMembers(parsing: bytes) } catch { throw EtcdFailure(error) }
    }

    /// Sends a request and returns its response, which has the status 200.
    private func open(
        _ request: EtcdRequest,
        _ token: String,
        at endpoint: Int,
        timing: HTTPTiming
    ) async throws(EtcdFailure) -> HTTPResponse {
        var fields = [(name: "Content-Type", value: "application/json")]
        if !token.isEmpty { fields.append((name: "Authorization", value: token)) }
        let message = HTTPRequest("POST", endpoints[endpoint], request.path, fields: fields, body: request.body)
        let response: HTTPResponse
        do throws(HTTPFailure) { response = try await sender.send(message, timing: timing) } catch {
            throw EtcdFailure(error, timing)
        }
        guard response.status == 200 else {
            let body = try? await response.body.whole(limit: EtcdLimits.error)
            throw EtcdFailure(status: response.status, body: body ?? [], user: credentials?.user)
        }
        return response
    }

    // MARK: - Tokens

    /// Calls `body` with the token, and again with a new one when etcd refuses it.
    private func withToken<Value: Sendable>(
        at endpoint: Int,
        _ body: (String) async throws(EtcdFailure) -> Value
    ) async throws(EtcdFailure) -> Value {
        guard credentials != nil else { return try await body("") }
        let known = token.withLock { $0 }
        let first = if let known { known } else { try await authenticate(at: endpoint) }
        do throws(EtcdFailure) { return try await body(first) } catch {
            // A token that was just made is refused only by an endpoint that has not heard of it yet.
            guard error.remedy == .newToken else { throw error }
        }
        do throws(EtcdFailure) { return try await body(try await authenticate(at: endpoint)) } catch {
            throw error.remedy == .newToken ? EtcdFailure(error.problem) : error
        }
    }

    /// Requests a token with the password as it is now.
    private func authenticate(at endpoint: Int) async throws(EtcdFailure) -> String {
        guard let credentials else { return "" }
        let password: String
        do throws(SourceProblem) { password = try credentials.password() } catch { throw EtcdFailure(error, .none) }
        let request = EtcdRequest.authenticate(user: credentials.user, password: password)
        let new: String
        do throws(EtcdFailure) {
            let answer = try await exchange(
                request,
                "",
                at: endpoint,
                limit: EtcdLimits.short,
                timing: EtcdLimits.unary
            )
            new = try Self.token(of: answer)
        } catch {
            guard error.remedy == .noToken else { throw error }
            new = ""
        }
        token.withLock { $0 = new }
        return new
    }

    private static func token(of answer: EtcdMembers) throws(EtcdFailure) -> String {
        guard let token = try? answer.text("token"), !token.isEmpty, token.utf8.count <= 4096,
            token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw EtcdFailure(EtcdMembers.malformed) }
        return token
    }
}
