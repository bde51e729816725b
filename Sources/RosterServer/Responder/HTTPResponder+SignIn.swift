import NIOHTTP1
import RosterModel
import RosterPages

extension HTTPResponder {
    /// Returns the outcome of a request to sign in or out, for which an open server has no path.
    func signing(_ route: PageRoute, _ request: Request, _ snapshot: Snapshot?) throws(Problem) -> Outcome {
        if snapshot?.access.isOpen == true { throw .noSuchPath }
        guard case .signIn = route else {
            guard request.method == .POST else { throw .wrongMethod(allowed: "POST") }
            return signOut(request, snapshot)
        }
        guard request.isReading || request.isSignIn else { throw .wrongMethod(allowed: "GET, HEAD, POST") }
        guard let snapshot else { return .ready(page(503, MessagePage.notReady, request, Problem.notReady.fields)) }
        guard request.isSignIn else { return .ready(signInPage(200, SignInPage(to: .list), request)) }
        return try signIn(request, snapshot)
    }

    /// Returns a Boolean value that indicates whether the response to a sign-in depends on its form.
    func needsForm(of request: Request) -> Bool {
        guard request.isSignIn, let snapshot = store.snapshot, !snapshot.access.isOpen else { return false }
        return RequestOrigin.problem(with: request) == nil && !RequestOrigin.isUnencrypted(request)
    }

    /// Returns the page to sign in, as the response to a request for a page that needs it.
    ///
    /// It is at the path of the page, which the form returns to.
    func signInPage(insteadOf request: Request) -> Response {
        let query = request.target.query.map { "?" + $0 } ?? ""
        let page = SignInPage(
            to: SignInForm.destination(request.target.path + query),
            refusal: SessionCookie(of: request).isAmbiguous(in: request) ? .severalCookies : nil,
            // The cookie is strict: a browser does not send it with the first request from a link of another site.
            offersDestination: request.fields.secFetchSite == "cross-site"
        )
        return signInPage(401, page, request)
    }

    private func signIn(_ request: Request, _ snapshot: Snapshot) throws(Problem) -> Outcome {
        guard RequestOrigin.problem(with: request) == nil else {
            return .ready(signInPage(403, SignInPage(to: .list, refusal: .otherOrigin), request))
        }
        guard !RequestOrigin.isUnencrypted(request) else {
            return .ready(signInPage(403, SignInPage(to: .list, refusal: .unencrypted), request))
        }
        let form = try SignInForm(request)
        switch signIn.signIn(form, request, snapshot.access) {
        case .wrongToken:
            return .ready(signInPage(401, SignInPage(to: form.destination, refusal: .wrongToken), request))
        case .refused(let delay):
            let page = SignInPage(to: form.destination, refusal: .tooMany(retryAfter: Int(delay)))
            return .ready(signInPage(429, page, request, [("Retry-After", String(delay))]))
        case .signedIn(let handle, let caller):
            let cookie = SessionCookie(of: request).setting(handle, isHTTPS: RequestOrigin.isHTTPS(request))
            let fields: [(StaticString, String)] = [("Location", form.destination.text), ("Set-Cookie", cookie)]
            return .ready(Response(303, PageResponse.uncached(HTML(), fields)), for: caller)
        }
    }

    private func signOut(_ request: Request, _ snapshot: Snapshot?) -> Outcome {
        guard RequestOrigin.problem(with: request) == nil else {
            return .ready(signInPage(403, SignInPage(to: .list, refusal: .otherOrigin), request))
        }
        let cookie = SessionCookie(of: request).removing(isHTTPS: RequestOrigin.isHTTPS(request))
        // The pages that the browser has stored are removed as well, so that the way back shows none of them.
        let fields: [(StaticString, String)] = [
            ("Location", PageURL.signIn.text), ("Set-Cookie", cookie), ("Clear-Site-Data", "\"cache\""),
        ]
        var response = Response(303, PageResponse.uncached(HTML(), fields))
        if let credential = signIn.signOut(request) {
            response.tokenID = snapshot?.access.caller(credential, today: CalendarDate(of: request.time))?.tokenID
        }
        return .ready(response)
    }

    private func signInPage(
        _ status: Int,
        _ page: SignInPage,
        _ request: Request,
        _ fields: [(StaticString, String)] = []
    ) -> Response {
        let html = PageFrame(served: nil).page("Sign in", .other, page.contents)
        let challenge: [(StaticString, String)] = status == 401 ? [("WWW-Authenticate", "Bearer")] : []
        var response = Response(status, PageResponse.uncached(html, fields + challenge))
        if request.isHead { response.part = .head }
        return response
    }
}
