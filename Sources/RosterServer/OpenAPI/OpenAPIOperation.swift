import RosterJSON

/// One operation of the OpenAPI document.
struct OpenAPIOperation {
    /// The body of a good answer.
    struct Content {
        var type: StaticString = "application/json"
        var schema: JSONValue
        var example: JSONValue
    }

    var id: String
    var tag: String
    var summary: String
    var description: String
    var parameters: [JSONValue] = []
    var body: Content?
    /// The description of the good answer; nil when there is none, since the registry is read-only.
    var answer: String?
    var content: Content?
    /// The names of the header fields of the good answer.
    var headers: [String] = []
    /// The other answers, by their statuses.
    var others: [(status: Int, response: OpenAPIResponses.Name)] = []
    /// A Boolean value that indicates whether the operation needs a token where the registry has `access`.
    var needsToken = true

    /// The operation as the document has it.
    var json: JSONValue { json(id: id, hasBodies: true) }

    /// The operation with the method `HEAD`, whose answers have no bodies.
    var head: JSONValue { json(id: id + "Head", hasBodies: false) }

    private func json(id: String, hasBodies: Bool) -> JSONValue {
        var members: [JSONObject.Member] = [
            .init(name: "operationId", value: .string(id)),
            .init(name: "tags", value: [.string(tag)]),
            .init(name: "summary", value: .string(hasBodies ? summary : summary + " Without the body.")),
            .init(name: "description", value: .string(description)),
        ]
        // Generators make a token mandatory for an operation with separate requirements, even if one of them is empty.
        if !needsToken { members.append(.init(name: "security", value: [])) }
        if !parameters.isEmpty { members.append(.init(name: "parameters", value: .array(parameters))) }
        if let body {
            members.append(.init(name: "requestBody", value: ["required": true, "content": Self.content(body)]))
        }
        members.append(.init(name: "responses", value: responses(hasBodies: hasBodies)))
        return .object(JSONObject(members))
    }

    private func responses(hasBodies: Bool) -> JSONValue {
        var responses: [JSONObject.Member] = []
        if let answer {
            var members: [JSONObject.Member] = [.init(name: "description", value: .string(answer))]
            if !headers.isEmpty { members.append(.init(name: "headers", value: OpenAPIHeaders.references(headers))) }
            if hasBodies, let content { members.append(.init(name: "content", value: Self.content(content))) }
            responses.append(.init(name: "200", value: .object(JSONObject(members))))
        }
        for (status, name) in others {
            let response = hasBodies ? name.reference : ["description": .string(name.description)]
            responses.append(.init(name: String(status), value: response))
        }
        return .object(JSONObject(responses))
    }

    private static func content(_ content: Content) -> JSONValue {
        let media: JSONValue = ["schema": content.schema, "example": content.example]
        return .object(JSONObject([.init(name: content.type.description, value: media)]))
    }
}

extension OpenAPIOperation {
    /// The fields of every good answer to a read of records.
    static let readHeaders = ["ETag", "Roster-Revision", "Roster-Digest", "X-Request-Id"]

    /// The other answers to a read of records.
    static let readAnswers: [(Int, OpenAPIResponses.Name)] = [
        (304, .notModified), (400, .badRequest), (401, .unauthorized), (421, .misdirected), (503, .notReady),
    ]

    /// The other answers to a read of one record, or of one project.
    static let itemAnswers: [(Int, OpenAPIResponses.Name)] = [
        (304, .notModified), (400, .badRequest), (401, .unauthorized), (404, .notFound), (421, .misdirected),
        (503, .notReady),
    ]
}
