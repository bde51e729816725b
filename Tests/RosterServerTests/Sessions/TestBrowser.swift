import NIOCore
import NIOHTTP1
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterServer

/// A browser as far as sessions depend on it: a cookie, an address, and the fields that browsers send with forms.
struct TestBrowser {
    let responder: HTTPResponder
    var host = "127.0.0.1:4100"
    var origin: String?
    var address = ClientAddress("192.0.2.1")
    /// The time of requests, in seconds since 1970: 2026-11-30.
    var now: Int64 = 1_796_000_000
    /// The cookie that the server set, as the browser sends it.
    private(set) var cookie: String?

    init(_ server: ServedExample) { self.init(server.responder) }

    init(_ responder: HTTPResponder) { self.responder = responder }

    /// The handle of the session; nil without a cookie.
    var handle: String? { cookie.map { String($0.drop { $0 != "=" }.dropFirst()) } }

    /// Sends a request with the cookie, and stores the cookie of the response.
    mutating func send(
        _ method: HTTPMethod = .GET,
        _ target: String = "/",
        _ fields: [(String, String)] = [],
        body: String? = nil
    ) async throws -> HTTPAnswer {
        var all = [("Host", host)]
        if let cookie, !fields.contains(where: { $0.0 == "Cookie" }) { all.append(("Cookie", cookie)) }
        let request = Request.made(method, target, all + fields, body: body, from: address, at: now)
        let response =
            switch responder.outcome(of: request) {
            case .ready(let response), .wait(let response), .stream(let response): response
            case .later(let work): await work()
            }
        var (writer, bytes) = (ResponseWriter(), ByteBuffer())
        writer.write(response, requestID: request.id, connection: .staysOpen, at: now, to: &bytes)
        var parser = HTTPAnswerParser()
        parser.append(bytes.readableBytesView)
        let answer = try #require(try parser.next(isToHead: method == .HEAD))
        if let set = answer["Set-Cookie"] {
            cookie = set.contains("Max-Age=0") ? nil : String(set.prefix { $0 != ";" })
        }
        return answer
    }

    /// Returns the page of a path.
    mutating func get(_ target: String = "/", _ fields: [(String, String)] = []) async throws -> HTTPAnswer {
        try await send(.GET, target, fields)
    }

    /// Sends the form of the sign-in page.
    mutating func signIn(
        _ token: String,
        to path: String = "/",
        _ fields: [(String, String)] = []
    ) async throws -> HTTPAnswer {
        try await send(.POST, "/sign-in", Self.form + originField(fields) + fields, body: "to=\(path)&token=\(token)")
    }

    mutating func signIn(_ token: ServedRepository.Token, to path: String = "/") async throws -> HTTPAnswer {
        try await signIn(token.text, to: path)
    }

    mutating func signOut(_ fields: [(String, String)] = []) async throws -> HTTPAnswer {
        try await send(.POST, "/sign-out", originField(fields) + fields)
    }

    private func originField(_ fields: [(String, String)]) -> [(String, String)] {
        fields.contains { $0.0 == "Origin" || $0.0 == "Sec-Fetch-Site" } ? [] : [("Origin", origin ?? "http://" + host)]
    }

    static let form = [("Content-Type", "application/x-www-form-urlencoded")]
}

extension ServedExample {
    /// A browser that has signed in.
    func browser(signedInAs token: ServedRepository.Token) async throws -> TestBrowser {
        var browser = TestBrowser(self)
        let answer = try await browser.signIn(token)
        try #require(answer.status == 303 && browser.cookie != nil, "\(answer)")
        return browser
    }

    /// Returns `roster.yaml` after a change.
    static func roster(_ change: (String) -> String) throws -> [String: String?] {
        let files = try ServedRepository.files(isOpen: false)
        let text = String(decoding: try #require(files.first { $0.path == "roster.yaml" }).bytes, as: UTF8.self)
        return ["roster.yaml": change(text)]
    }

    /// Returns `roster.yaml` without a token.
    static func roster(without token: ServedRepository.Token) throws -> [String: String?] {
        try roster { text in
            text.split(separator: "\n", omittingEmptySubsequences: false)
                .filter { !$0.contains("name: \(token.rawValue),") }.joined(separator: "\n")
        }
    }
}
