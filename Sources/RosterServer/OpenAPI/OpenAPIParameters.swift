import RosterJSON
import RosterModel

/// The parameters of requests.
enum OpenAPIParameters {
    /// A parameter of the query.
    private static func query(
        _ name: String,
        _ description: String,
        _ schema: JSONValue,
        example: JSONValue
    ) -> JSONValue {
        [
            "name": .string(name), "in": "query", "description": .string(description), "schema": schema,
            "example": example,
        ]
    }

    private static func header(
        _ name: String,
        _ description: String,
        _ schema: JSONValue,
        example: JSONValue
    ) -> JSONValue {
        [
            "name": .string(name), "in": "header", "description": .string(description), "schema": schema,
            "example": example,
        ]
    }

    private static func path(
        _ name: String,
        _ description: String,
        _ schema: JSONValue,
        example: JSONValue
    ) -> JSONValue {
        [
            "name": .string(name), "in": "path", "required": true, "description": .string(description),
            "schema": schema, "example": example,
        ]
    }

    private static let text: JSONValue = ["type": "string", "minLength": 1]
    private static let handle: JSONValue = ["type": "string", "pattern": .string(Handle.pattern)]

    static let aiProviderID = path(
        "aiProviderId",
        "The provider's id; the response to an invalid id is that to an unknown one.",
        text,
        example: "aip_8QzKx0vT2mWb4NcR"
    )
    static let project = path("project", "The handle of the project: its folder.", text, example: "acme")
    static let handleOfProvider = path(
        "handle",
        "The handle of the provider: the name of its file without .yaml.",
        text,
        example: "claude"
    )
    static let handleOfProject = path("handle", "The handle of the project: its folder.", text, example: "acme")

    /// The entity tags that a client has.
    static let ifNoneMatch = header(
        "If-None-Match",
        "The ETag of the body that the client has: the answer is 304 when it is the same.",
        ["type": "string"],
        example: #""sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08""#
    )
    /// The time to wait for a change.
    static let prefer = header(
        "Prefer",
        "wait=SECONDS, 1 to 60 (RFC 7240): with If-None-Match, the answer comes when the body would differ from the "
            + "client's, or is 304 at the end. Other preferences are ignored.",
        ["type": "string"],
        example: "wait=30"
    )
    static let lastEventID = header(
        "Last-Event-ID",
        "The digest of the last event that the client received: an event follows immediately when the registry differs.",
        ["type": "string"],
        example: "sha256:9f86d081884c7d65"
    )
    static let include = query(
        "include",
        "Members to add after the ten, with commas between them: handle, endpoint and model, always in this order.",
        ["type": "string", "pattern": "^(handle|endpoint|model)(,(handle|endpoint|model))*$"],
        example: "handle,endpoint"
    )

    /// The parameters of the list.
    static let list: [JSONValue] = [
        query(
            "project",
            "Only the project with this handle. With projectId, both must name the same project.",
            handle,
            example: "acme"
        ),
        query(
            "projectId",
            "Only the project with this id.",
            ["type": "string", "pattern": "^proj_[A-Za-z0-9]{16}$"],
            example: "proj_V1StGXR8Z5jdHi6B"
        ),
        query(
            "provider",
            "Only this slug.",
            ["type": "string", "enum": .array(ProviderSlug.allCases.map { .string($0.rawValue) })],
            example: "anthropic"
        ),
        query("secretId", "Only those with this secret.", text, example: "sec_J8sPq2LmN4tRvX6z"),
        query(
            "q",
            "Only those whose handle, name, slug or model contains this text, without regard to the case of ASCII letters.",
            ["type": "string", "minLength": 1, "maxLength": .integer(Int64(TextSearch.maximumLength))],
            example: "claude"
        ),
        include,
        query(
            "limit",
            "The largest number of records.",
            ["type": "integer", "minimum": 1, "maximum": 1000],
            example: 100
        ),
        query(
            "offset",
            "The number of records to skip.",
            ["type": "integer", "minimum": 0, "maximum": 999_999_999],
            example: 0
        ),
    ]

    /// The fields of a message to the MCP server.
    static let mcp: [JSONValue] = [
        header(
            "MCP-Protocol-Version",
            "The revision of the protocol: 2026-07-28, 2025-11-25, 2025-06-18 or 2025-03-26.",
            ["type": "string"],
            example: "2025-11-25"
        ),
        header("Mcp-Method", "In 2026-07-28, the message's method.", ["type": "string"], example: "tools/call"),
        header("Mcp-Name", "In 2026-07-28, the tool's name.", ["type": "string"], example: "get-ai-provider"),
    ]
}
