import NIOCore
import RosterDiagnostics
import RosterJSON

/// An error in the format of RFC 9457, with the member `error` for clients that read only that.
struct Problem: Error, Sendable {
    var status: Int
    /// A short summary of the kind of problem.
    var title: String
    /// The error in this request, and how to fix it.
    var detail: String
    /// The last part of `type`.
    var kind: StaticString
    /// Fields of the response in addition to the usual ones.
    var fields: [(name: StaticString, value: String)] = []
    /// The diagnostics of `check`, for callers that need more than the body.
    var diagnostics: [Diagnostic] = []
    /// Members that follow the usual ones.
    var writeMembers: (@Sendable (inout JSONWriter) -> Void)?
    /// A Boolean value that indicates whether the connection is closed after the response.
    var closes = false

    init(_ status: Int, _ kind: StaticString, _ title: String, _ detail: String) {
        self.status = status
        self.kind = kind
        self.title = title
        self.detail = detail
    }

    /// Returns the body.
    func body(instance: String) -> [UInt8] {
        var json = JSONWriter(.compact)
        json.object { json in
            json.name("type")
            json.string("urn:roster:problem/" + kind.description)
            json.name("title")
            json.string(title)
            json.name("status")
            json.integer(status)
            json.name("detail")
            json.string(detail)
            json.name("instance")
            json.string(instance)
            json.name("error")
            json.string(detail)
            writeMembers?(&json)
        }
        return json.bytes
    }

    /// Returns the response to a request for `instance`.
    func encoded(instance: String) -> EncodedResponse {
        var fields = ResponseFields(["Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"])
        for (name, value) in self.fields { fields.add(name, value) }
        return EncodedResponse(
            body(instance: instance),
            type: "application/problem+json",
            fields: fields,
            tag: nil
        )
    }
}

extension Problem {
    static let unauthorized: Problem = {
        var problem = Problem(
            401,
            "unauthorized",
            "A valid token is needed",
            "send a token that is known and has not expired, once, as Authorization: Bearer sk_…; a maintainer makes one in a "
                + "clone: roster token create --name NAME --policy POLICY"
        )
        problem.fields = [("WWW-Authenticate", "Bearer")]
        return problem
    }()

    static let noSuchProvider = Problem(
        404,
        "not-found",
        "There is no such provider",
        "there is no provider of this id, or the token may not see it"
    )

    static let noSuchProviderName = Problem(
        404,
        "not-found",
        "There is no such provider",
        "there is no provider of this project and handle, or the token may not see it"
    )

    /// Returns the problem of a provider that does not exist, or that the caller may not see.
    static func noSuchProvider(at route: Route) -> Problem {
        if case .named = route { noSuchProviderName } else { noSuchProvider }
    }

    static let noSuchProject = Problem(
        404,
        "not-found",
        "There is no such project",
        "there is no project of this handle, or the token may not list a provider of it"
    )

    static let noSuchPath = Problem(
        404,
        "not-found",
        "There is nothing here",
        "there is nothing at this path; GET /openapi.json lists the paths"
    )

    static let notReady: Problem = {
        var problem = Problem(
            503,
            "not-ready",
            "No registry is served yet",
            "no registry without errors has been loaded since the server was started; GET /status has details"
        )
        problem.fields = [("Retry-After", "5")]
        return problem
    }()

    /// The problem of every request for records once the publication that is served has expired.
    static let registryExpired: Problem = {
        var problem = Problem(
            503,
            "registry-expired",
            "The registry has expired",
            "the publication that is served is past its expiry, and nothing newer has arrived; publish again: "
                + "roster publish --refresh; GET /status has details"
        )
        problem.fields = [("Retry-After", "15")]
        return problem
    }()

    /// Returns the problem of a method that a path does not support.
    static func wrongMethod(allowed: String) -> Problem {
        var problem = Problem(405, "method-not-allowed", "The method is not allowed here", "this path takes \(allowed)")
        problem.fields = [("Allow", allowed)]
        return problem
    }

    static func forbidden(_ detail: String) -> Problem { Problem(403, "forbidden", "This is not allowed", detail) }

    static func badRequest(_ detail: String) -> Problem { Problem(400, "bad-request", "The request is wrong", detail) }

    /// Returns the problem of an internal error, which only the log describes.
    static func inside(requestID: String) -> Problem {
        Problem(
            500,
            "internal",
            "The server failed",
            "this is not the request's fault; the server's log has details under \(requestID)"
        )
    }
}
