import RosterBytes
import RosterModel

extension HTTPResponder {
    /// Returns the outcome of a request for the event stream.
    func events(_ request: Request, _ snapshot: Snapshot?) throws(Problem) -> Outcome {
        guard request.isReading else { throw .wrongMethod(allowed: "GET, HEAD") }
        guard let snapshot else { throw .notReady }
        let today = CalendarDate(of: request.time)
        guard let caller = snapshot.access.caller(request.fields.authorization, today: today) else {
            throw .unauthorized
        }
        if let (name, _) = try QueryParameters.read(request.target.query).first {
            let problem = Problem.badRequest("there is no parameter \"\(PercentEncoding.shown(name))\" of the events")
            return .ready(Self.response(problem, to: request), for: caller)
        }
        return streaming(to: caller, request)
    }

    /// Returns the head of the stream to a caller.
    func streaming(to caller: Caller, _ request: Request) -> Outcome {
        var response = Response(200, EventStreamHead.encoded(isChunked: request.isHTTP11))
        response.tokenID = caller.tokenID
        return request.isHead ? .ready(response) : .stream(response)
    }

    /// Returns the event of the current state, as the caller of a credential hears of it; nil when there is no caller.
    ///
    /// There is none after the expiry of the publication either.
    func event(for credential: Credential, at time: Timestamp) -> RegistryEvent? {
        guard !store.refusesRequests(at: time), let snapshot = store.snapshot,
            let caller = snapshot.access.caller(credential, today: CalendarDate(of: time))
        else { return nil }
        return RegistryEvent(
            digest: snapshot.visibleDigests.digest(of: caller.view, in: snapshot),
            commit: snapshot.registry.revision.commit
        )
    }

    /// Returns the outcome of a request for a list or record, which may prefer to wait for another response.
    func waiting(_ response: Response, _ request: Request, _ caller: Caller) -> Outcome {
        var response = response
        response.tokenID = caller.tokenID
        guard let field = request.fields.prefer, request.fields.hasIfNoneMatch,
            let seconds = WaitPreference.seconds(in: field)
        else { return .ready(response) }
        response.appliedWait = UInt8(seconds)
        return response.status == 304 ? .wait(response) : .ready(response)
    }
}
