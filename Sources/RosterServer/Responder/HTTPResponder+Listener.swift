import RosterBytes
import RosterModel

/// The client of an event stream.
struct EventListener: Sendable {
    let credential: Credential
    /// The session whose end ends the stream; nil for a client that sends its token.
    let session: Session?
    /// The digest that the client has; nil when it does not name one.
    let lastEventID: String?
}

extension HTTPResponder {
    /// Returns the outcome of a page's request for the event stream.
    ///
    /// It is the stream of the API. That one never takes the cookie of a session, and the script of a page cannot send a token.
    func pageEvents(_ request: Request, _ snapshot: Snapshot?) throws(Problem) -> Outcome {
        guard request.isReading else { throw .wrongMethod(allowed: "GET, HEAD") }
        // A page of another origin cannot read the stream, and must not be able to open many.
        if let origin = request.fields.origin, !RequestOrigin.isOwn(origin, of: request) { throw .otherOriginOfEvents }
        guard let snapshot else { throw .notReady }
        let today = CalendarDate(of: request.time)
        guard let caller = snapshot.access.caller(listener(of: request).credential, today: today) else {
            throw .unauthorized
        }
        try Self.checkDigest(request.target.query)
        return streaming(to: caller, request)
    }

    /// Returns the client of a request for events.
    func listener(of request: Request) -> EventListener {
        var lastID = request.fields.values(of: "Last-Event-ID").last.flatMap { $0.isEmpty ? nil : $0 }
        var session: Session?
        if case .page(.events) = request.target.route {
            session = signIn.session(of: request)
            // A browser that connects again sends the id of the last event, which is newer than the page.
            lastID = lastID ?? Self.digest(in: request.target.query)
        }
        let credential = session?.credential ?? Credential(request.fields.authorization)
        return EventListener(credential: credential, session: session, lastEventID: lastID)
    }

    private static func digest(in query: Substring?) -> String? {
        (try? QueryParameters.read(query))?.first { $0.name == "digest" }?.value
    }

    /// Refuses a query other than one digest.
    private static func checkDigest(_ query: Substring?) throws(Problem) {
        let parameters = try QueryParameters.read(query)
        guard !parameters.isEmpty else { return }
        let digits = parameters[0].value.utf8.dropFirst(digestPrefix.utf8.count)
        guard parameters.count == 1, parameters[0].name == "digest", parameters[0].value.hasPrefix(digestPrefix),
            digits.count == 64, digits.allSatisfy(\.isLowercaseHexDigit)
        else { throw .badRequest("the only parameter of the events is a digest, as /status shows it") }
    }

    private static let digestPrefix = "sha256:"
}

extension Problem {
    fileprivate static let otherOriginOfEvents = forbidden(
        "pages of another origin cannot listen to the events of pages"
    )
}
