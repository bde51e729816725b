import RosterBytes
import RosterJSON
import RosterModel

/// The answers that several requests share.
enum OpenAPIResponses {
    static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/responses/\(name)")] }

    static var all: JSONValue {
        [
            "NotModified": [
                "description": "The client has the body already.", "headers": OpenAPIHeaders.ofRead(and: []),
            ],
            "BadRequest": problem("The request is malformed; the detail names what is."),
            "Unauthorized": [
                "description": "A token is needed, or it is unknown or has expired.",
                "headers": ["WWW-Authenticate": ["schema": ["type": "string"]]],
                "content": content("Problem"),
            ],
            "Forbidden": problem("The token may not do this."),
            "NotFound": problem("There is no such record, or the token may not see it."),
            "ReadOnly": [
                "description": "Nothing is changed here: this is the edit to make.",
                "headers": ["Allow": ["required": true, "schema": ["type": "string"]]],
                "content": content("ReadOnlyProblem"),
            ],
            "TooLarge": problem("The body is too large."),
            "UnsupportedMediaType": problem("The Content-Type of the body is not JSON."),
            "Misdirected": problem("A registry without access answers to its own machine only."),
            "InvalidRecord": [
                "description": "check would find errors.", "content": content("InvalidRecordProblem"),
            ],
            "NotReady": [
                "description": "No registry has compiled yet.",
                "headers": ["Retry-After": ["schema": ["type": "integer"]]],
                "content": content("Problem"),
            ],
        ]
    }

    private static func problem(_ description: String) -> JSONValue {
        ["description": .string(description), "content": content("Problem")]
    }

    private static func content(_ schema: String) -> JSONValue {
        ["application/problem+json": ["schema": OpenAPISchemas.reference(schema)]]
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

    /// The fields that every good answer to a read has, and some more.
    static func ofRead(and more: [String]) -> JSONValue {
        let names = ["ETag", "Roster-Revision", "Roster-Digest", "X-Request-Id"] + more
        return .object(
            JSONObject(names.map { .init(name: $0, value: ["$ref": .string("#/components/headers/\($0)")]) })
        )
    }
}
