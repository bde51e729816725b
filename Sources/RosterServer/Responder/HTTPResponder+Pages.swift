import RosterModel
import RosterPages

extension HTTPResponder {
    /// Returns the outcome of a request for a page or a file that pages load.
    func page(_ route: PageRoute, _ request: Request, _ snapshot: Snapshot?) throws(Problem) -> Outcome {
        switch route {
        case .signIn, .signOut: return try signing(route, request, snapshot)
        case .events: return try pageEvents(request, snapshot)
        case .list, .provider, .status, .asset: break
        }
        guard request.isReading else { throw .wrongMethod(allowed: "GET, HEAD") }
        let isGzip = ContentCoding.acceptsGzip(request.fields.acceptEncoding)
        if case .asset(let path) = route {
            guard let asset = PageResponse.asset(path, isGzip: isGzip) else { throw .noSuchPath }
            return .ready(Self.reading(asset, request))
        }
        guard let snapshot else { return .ready(page(503, MessagePage.notReady, request, Problem.notReady.fields)) }
        guard let reader = reader(of: request, snapshot) else { return .ready(signInPage(insteadOf: request)) }
        let pages = ReaderPages(reader, store, snapshot, at: request.time, isGzip: isGzip)
        switch route {
        case .list:
            let list = pages.list(request.target.query)
            if let known = list.known { return .ready(Self.reading(known, request), for: reader.caller) }
            // Other requests of the event loop would wait for a long list.
            return .later {
                var response = Self.reading(list.made, request)
                response.tokenID = reader.caller.tokenID
                return response
            }
        case .status: return .ready(Self.reading(pages.status, request), for: reader.caller)
        case .provider(let handles):
            let position = handles.flatMap { snapshot.projects.position(of: $0, in: snapshot.registry.providers) }
            guard let position, reader.caller.view.allows(.get, at: position) else {
                var response = Response(404, pages.notFound)
                if request.isHead { response.part = .head }
                return .ready(response, for: reader.caller)
            }
            return .later { [sourceLinks] in
                let page = await pages.provider(at: position, request.target.query, sourceLinks)
                var response = Self.reading(page, request)
                response.tokenID = reader.caller.tokenID
                return response
            }
        case .asset, .signIn, .signOut, .events: throw .noSuchPath
        }
    }

    /// Returns the reader who sends a request; nil when it has no valid credential.
    private func reader(of request: Request, _ snapshot: Snapshot) -> PageReader? {
        let today = CalendarDate(of: request.time)
        guard !snapshot.access.isOpen, let session = signIn.session(of: request) else {
            return snapshot.access.caller(request.fields.authorization, today: today).map { PageReader(caller: $0) }
        }
        return snapshot.access.caller(session.credential, today: today).map { PageReader(caller: $0, isSignedIn: true) }
    }

    /// Returns the response with a page that is not of a registry.
    func page(
        _ status: Int,
        _ contents: HTML,
        _ request: Request,
        _ fields: [(StaticString, String)] = []
    ) -> Response {
        let html = PageFrame(served: nil).page("Roster", .other, contents)
        var response = Response(status, PageResponse.uncached(html, fields))
        if request.isHead { response.part = .head }
        return response
    }

    /// Returns a Boolean value that indicates whether a person opens an address with a browser.
    static func isForPerson(_ request: Request) -> Bool {
        request.isReading && MediaRanges.prefersHTML(request.fields.accept)
    }

    /// Returns the response that leads a browser to a page.
    static func redirection(to page: PageURL) -> Response {
        let fields: [(StaticString, String)] = [("Location", page.text), ("Vary", "Accept")]
        return Response(303, PageResponse.uncached(HTML(), fields))
    }
}
