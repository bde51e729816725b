import RosterBytes
import RosterJSON
import RosterModel

/// The answers that several requests share.
enum OpenAPIResponses {
    /// An answer, by its name in the document.
    enum Name: String, CaseIterable {
        case notModified = "NotModified"
        case badRequest = "BadRequest"
        case unauthorized = "Unauthorized"
        case forbidden = "Forbidden"
        case notFound = "NotFound"
        case readOnly = "ReadOnly"
        case notAcceptable = "NotAcceptable"
        case tooLarge = "TooLarge"
        case unsupportedMediaType = "UnsupportedMediaType"
        case misdirected = "Misdirected"
        case invalidRecord = "InvalidRecord"
        case notReady = "NotReady"
        case accepted = "Accepted"
        case mcpError = "MCPError"

        /// A reference to the answer.
        var reference: JSONValue { ["$ref": .string("#/components/responses/\(rawValue)")] }

        /// The description of the answer.
        var description: String {
            switch self {
            case .notModified: "The client has the body already."
            case .badRequest: "The request is malformed; the detail names what is."
            case .unauthorized: "A token is needed, or it is unknown or has expired; the detail has the way to a token."
            case .forbidden: "The token may not do this."
            case .notFound: "There is no such thing, or the token may not see it."
            case .readOnly: "Nothing is changed here: this is the edit to make."
            case .notAcceptable: "Accept excludes JSON."
            case .tooLarge: "The body is too large."
            case .unsupportedMediaType: "The Content-Type of the body is not JSON."
            case .misdirected: "A registry without access answers to its own machine only."
            case .invalidRecord: "check would find errors after the change."
            case .notReady: "No registry has been loaded yet, or its publication has expired (registry-expired)."
            case .accepted: "The message needs no answer."
            case .mcpError: "The message is malformed, or its method is unknown."
            }
        }
    }

    static var all: JSONValue {
        .object(JSONObject(Name.allCases.map { .init(name: $0.rawValue, value: response($0)) }))
    }

    private static func response(_ name: Name) -> JSONValue {
        var members: [JSONObject.Member] = [.init(name: "description", value: .string(name.description))]
        let headers = OpenAPIHeaders.own(of: name)
        if !headers.isEmpty { members.append(.init(name: "headers", value: .object(JSONObject(headers)))) }
        if let (schema, example) = content(of: name) {
            let media: JSONValue = ["schema": OpenAPISchemas.reference(schema), "example": example]
            let type = name == .mcpError ? "application/json" : "application/problem+json"
            members.append(.init(name: "content", value: .object(JSONObject([.init(name: type, value: media)]))))
        }
        return .object(JSONObject(members))
    }

    /// Returns the schema of an answer's body, and an example of it; nil for an answer without a body.
    private static func content(of name: Name) -> (schema: String, example: JSONValue)? {
        switch name {
        case .notModified, .accepted: nil
        case .mcpError: ("MCPAnswer", OpenAPIExamples.mcpError)
        case .readOnly: ("ReadOnlyProblem", OpenAPIExamples.readOnly)
        case .invalidRecord: ("InvalidRecordProblem", example(of: OpenAPIExamples.invalidRecord))
        default: problem(of: name).map { ("Problem", example(of: $0)) }
        }
    }

    private static func problem(of name: Name) -> Problem? {
        switch name {
        case .badRequest: .badRequest("the parameter \"limit\" must be a whole number from 1 to 1000")
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden("the token may not change this provider")
        case .notFound: .noSuchProvider
        case .notAcceptable: OpenAPIExamples.notAcceptable
        case .tooLarge: .bodyTooLarge(limit: ServerLimits().bodyBytes)
        case .unsupportedMediaType: .unsupportedMediaType
        case .misdirected: .otherHost
        case .notReady: .notReady
        case .notModified, .readOnly, .invalidRecord, .accepted, .mcpError: nil
        }
    }

    private static func example(of problem: Problem) -> JSONValue {
        let body = problem.body(instance: Route.listPath.description)
        return (try? JSONReader.read(utf8: body)) ?? .null
    }
}

/// The header fields of the answers.
enum OpenAPIHeaders {
    private static let described: [(name: String, isRequired: Bool, type: String, description: String)] = [
        ("ETag", true, "string", "The digest of exactly the bytes of the body."),
        ("Roster-Revision", false, "string", "The commit that the registry was compiled from; absent without one."),
        ("Roster-Digest", true, "string", "The digest of the compiled registry."),
        ("X-Request-Id", true, "string", "The client's own, or one of the server's making."),
        ("X-Total-Count", true, "integer", "How many records there are before limit and offset."),
        ("Link", false, "string", "The pages around (RFC 8288); only with a limit."),
        ("Deprecation", false, "string", "The moment since which the model is deprecated (RFC 9745), if known."),
        ("Sunset", false, "string", "The moment from which requests to the model fail (RFC 8594), if known."),
        ("Preference-Applied", false, "string", "The preference of Prefer that was honoured (RFC 7240)."),
    ]

    static var all: JSONValue {
        .object(
            JSONObject(
                described.map { header in
                    .init(
                        name: header.name,
                        value: [
                            "required": .boolean(header.isRequired), "description": .string(header.description),
                            "schema": ["type": .string(header.type)],
                        ]
                    )
                }
            )
        )
    }

    /// Returns references to fields by their names.
    static func references(_ names: [String]) -> JSONValue {
        .object(JSONObject(names.map { .init(name: $0, value: ["$ref": .string("#/components/headers/\($0)")]) }))
    }

    /// Returns the fields that a shared answer has.
    static func own(of answer: OpenAPIResponses.Name) -> [JSONObject.Member] {
        switch answer {
        case .notModified: references(["ETag", "X-Request-Id", "Preference-Applied"]).object?.members ?? []
        case .unauthorized: [.init(name: "WWW-Authenticate", value: field("string", "Bearer."))]
        case .readOnly: [.init(name: "Allow", value: field("string", "The methods that only read."))]
        case .notReady: [.init(name: "Retry-After", value: field("integer", "Seconds."))]
        default: []
        }
    }

    private static func field(_ type: String, _ description: String) -> JSONValue {
        ["required": true, "description": .string(description), "schema": ["type": .string(type)]]
    }
}
