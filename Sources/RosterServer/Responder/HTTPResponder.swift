import NIOHTTP1
import RosterBytes
import RosterModel
import RosterPages

/// Responds to requests from the current snapshot: the one function from a request to a response.
package final class HTTPResponder: Sendable {
    let store: SnapshotStore
    let metrics: ServerMetrics
    private let description: OpenAPIDocument
    private let mcp = MCPEndpoint()
    private let servesPages: Bool
    let signIn: SignInService
    /// The addresses of files on the host of the repository; nil for no links.
    let sourceLinks: SourceLinkTemplate?

    /// Creates a responder for the snapshots of a store; with `servesPages` it also serves pages for people, in which
    /// `sourceLinks` are the addresses of files.
    ///
    /// `trustedProxies` are the proxies that report the addresses of their clients.
    package init(
        store: SnapshotStore,
        metrics: ServerMetrics,
        servesPages: Bool = true,
        trustedProxies: [AddressNetwork] = [],
        sourceLinks: SourceLinkTemplate? = nil
    ) {
        signIn = SignInService(trustedProxies: trustedProxies)
        self.store = store
        self.metrics = metrics
        self.servesPages = servesPages
        self.sourceLinks = sourceLinks
        description = OpenAPIDocument()
    }

    /// Returns the outcome of a request.
    func outcome(of request: Request) -> Outcome {
        // Before the snapshot, so that an expired one is never served under the validity of its successor.
        let isExpired = store.refusesRequests(at: request.time)
        let snapshot = store.snapshot
        do throws(Problem) {
            return try outcome(of: request, snapshot, isExpired: isExpired)
        } catch {
            return .ready(Self.response(error, to: request))
        }
    }

    /// Returns a Boolean value that indicates whether the response to a request depends on its body.
    ///
    /// It does not for a client without access, who could send many long bodies.
    func needsBody(of request: Request) -> Bool {
        guard !request.isReading else { return false }
        switch request.target.route {
        case .list, .item, .named, .mcp:
            guard !store.refusesRequests(at: request.time) else { return false }
        case .page(.signIn): return servesPages && needsForm(of: request)
        default: return false
        }
        guard let snapshot = store.snapshot, !store.isGuarded || OpenServerGuard.problem(with: request) == nil else {
            return false
        }
        return snapshot.access.caller(request.fields.authorization, today: CalendarDate(of: request.time)) != nil
    }

    private func outcome(
        of request: Request,
        _ snapshot: Snapshot?,
        isExpired: Bool
    ) throws(Problem) -> Outcome {
        if store.isGuarded, let problem = OpenServerGuard.problem(with: request) { throw problem }
        if isExpired, let outcome = try outcomeAfterExpiry(of: request) { return outcome }
        switch request.target.route {
        case .malformed: throw .badRequest("a \"%\" in the path is not followed by two hex digits")
        case .unknown:
            guard servesPages, Self.isForPerson(request) else { throw .noSuchPath }
            return .ready(page(404, MessagePage.notFound, request))
        case .list, .item, .named, .projects, .project, .models: break
        case .mcp: return try mcp.outcome(of: request, snapshot)
        case .events: return try events(request, snapshot)
        case .page(let route):
            guard servesPages else { throw .noSuchPath }
            return try page(route, request, snapshot)
        case .live, .health, .ready, .status, .metrics, .description:
            return .ready(try observation(request, snapshot))
        }
        guard request.isReading || Self.isWriting(request) else { throw .wrongMethod(allowed: "GET, HEAD") }
        if servesPages, case .named(let handles?) = request.target.route, Self.isForPerson(request) {
            // Also without a token, so that a person who has the address can sign in.
            return .ready(Self.redirection(to: .provider(project: handles.project, handle: handles.provider)))
        }
        guard let snapshot else { throw .notReady }
        guard
            let caller = snapshot.access.caller(request.fields.authorization, today: CalendarDate(of: request.time))
        else { throw .unauthorized }
        // The log line of a refusal has the id of the token too.
        do throws(Problem) {
            guard request.isReading else { return try writing(request, caller, snapshot) }
            if servesPages, case .item = request.target.route, Self.isForPerson(request),
                let page = snapshot.page(of: request.target.route, for: caller)
            {
                return .ready(Self.redirection(to: page), for: caller)
            }
            let response = Self.reading(try records(request, caller, snapshot), request)
            return request.target.route.mayWait ? waiting(response, request, caller) : .ready(response, for: caller)
        } catch {
            return .ready(Self.response(error, to: request), for: caller)
        }
    }

    /// Returns the outcome of a request that is refused after the expiry of the publication; nil for any other.
    ///
    /// People can still sign in, and see the state of the server.
    private func outcomeAfterExpiry(of request: Request) throws(Problem) -> Outcome? {
        switch request.target.route {
        case .list, .item, .named, .projects, .project, .models, .mcp, .events, .page(.events), .ready:
            throw .registryExpired
        case .page(.list), .page(.provider):
            return servesPages ? .ready(page(503, MessagePage.expired, request, Problem.registryExpired.fields)) : nil
        default: return nil
        }
    }

    /// Returns a Boolean value that indicates whether a request would change a record, and is answered with the edit.
    private static func isWriting(_ request: Request) -> Bool {
        switch request.target.route {
        case .list: request.method == .POST
        case .item, .named: request.method == .PATCH || request.method == .DELETE
        default: false
        }
    }

    /// Returns the records that a request reads.
    private func records(
        _ request: Request,
        _ caller: Caller,
        _ snapshot: Snapshot
    ) throws(Problem) -> EncodedResponse {
        let query = request.target.query
        // Most records are too short to be compressed, so the field is not read for them.
        var isGzip: Bool { ContentCoding.acceptsGzip(request.fields.acceptEncoding) }
        switch request.target.route {
        case .list: return try ProviderList.response(query, for: caller.view, isGzip: isGzip, from: snapshot)
        case .projects:
            try QueryParameters.refuse(query, of: "the list of projects")
            return ProjectList.response(for: caller.view, isGzip: isGzip, from: snapshot)
        case .project(let handle):
            guard let response = ProjectList.response(of: handle, for: caller.view, from: snapshot) else {
                throw .noSuchProject
            }
            try QueryParameters.refuse(query, of: "a single project")
            return response
        case .models:
            try QueryParameters.refuse(query, of: "the list of models")
            return ModelList.response(for: caller.view, isGzip: isGzip, from: snapshot)
        default: return try item(request, caller, snapshot)
        }
    }

    private func item(_ request: Request, _ caller: Caller, _ snapshot: Snapshot) throws(Problem) -> EncodedResponse {
        let route = request.target.route
        guard let position = snapshot.position(of: route), caller.view.allows(.get, at: position) else {
            throw .noSuchProvider(at: route)
        }
        let including = try ItemQuery.including(request.target.query)
        guard including.isEmpty else {
            let isGzip = ContentCoding.acceptsGzip(request.fields.acceptEncoding)
            return ExtendedRecord.response(at: position, including: including, isGzip: isGzip, from: snapshot)
        }
        let plain = snapshot.records.response(at: position, after: snapshot.encodedFields)
        guard plain.bodyLength > ContentCoding.threshold, ContentCoding.acceptsGzip(request.fields.acceptEncoding)
        else { return plain }
        return snapshot.cache.response(.compressedRecord(position)) {
            ContentCoding.gzip(plain, type: "application/json", fields: snapshot.fields(at: position)) ?? plain
        }
    }

    /// Returns a successful response, without its body for `HEAD`, or 304 when the client has it already.
    static func reading(_ encoded: EncodedResponse, _ request: Request) -> Response {
        var response = Response(200, encoded)
        if let condition = request.fields.ifNoneMatch, let tag = encoded.tag,
            EntityTagCondition.matches(condition, tag)
        {
            response.status = 304
            response.part = .common
        } else if request.isHead {
            response.part = .head
        }
        return response
    }

    /// Returns the response that describes a problem.
    static func response(_ problem: Problem, to request: Request) -> Response {
        var response = Response(problem.status, problem.encoded(instance: request.target.path))
        response.closes = problem.closes
        if request.isHead { response.part = .head }
        return response
    }

    private func observation(_ request: Request, _ snapshot: Snapshot?) throws(Problem) -> Response {
        guard request.isReading else { throw .wrongMethod(allowed: "GET, HEAD") }
        switch request.target.route {
        case .live, .health: return Self.reading(TelemetryResponse.text("alive\n"), request)
        case .ready:
            guard snapshot != nil else { throw .notReady }
            return Self.reading(TelemetryResponse.text("ready\n"), request)
        case .metrics: return Self.reading(TelemetryResponse.metrics(metrics.text(store)), request)
        case .description: return Self.reading(description.response(to: request), request)
        case .status: return try status(request, snapshot)
        default: throw .noSuchPath
        }
    }

    private func status(_ request: Request, _ snapshot: Snapshot?) throws(Problem) -> Response {
        var caller: Caller?
        if let snapshot, snapshot.access.isOpen || request.fields.authorization != .none {
            caller = snapshot.access.caller(request.fields.authorization, today: CalendarDate(of: request.time))
            guard caller != nil else { throw .unauthorized }
        }
        let document = StatusDocument.encode(store, snapshot, for: caller, at: request.time)
        var response = Self.reading(document, request)
        response.tokenID = caller?.tokenID
        return response
    }

    private func writing(_ request: Request, _ caller: Caller, _ snapshot: Snapshot) throws(Problem) -> Outcome {
        let write = try WriteRequest(request, caller, snapshot)
        return .later {
            var response = Self.response(await write.answer(), to: request)
            response.tokenID = caller.tokenID
            return response
        }
    }
}
