import RosterJSON
import RosterModel

/// The requests of the OpenAPI document.
enum OpenAPIPaths {
    static var all: JSONValue {
        [
            "/api/v1/ai-providers": ["get": list, "head": head(list), "post": create],
            "/api/v1/ai-providers/{aiProviderId}": [
                "parameters": [
                    [
                        "name": "aiProviderId", "in": "path", "required": true,
                        "description": "The provider's id; the response to an invalid id is that to an unknown one.",
                        "schema": ["type": "string", "minLength": 1],
                        "example": "aip_8QzKx0vT2mWb4NcR",
                    ]
                ],
                "get": item, "head": head(item), "patch": update, "delete": delete,
            ],
            "/livez": ["get": text("live", "Whether the process runs."), "head": head(text("live", "As GET."))],
            "/readyz": ["get": ready, "head": head(ready)],
            "/status": ["get": status, "head": head(status)],
            "/metrics": ["get": text("metrics", "Metrics in Prometheus' format.")],
            "/openapi.json": ["get": description],
        ]
    }

    private static func head(_ get: JSONValue) -> JSONValue {
        guard var object = get.object, let name = object["operationId"]?.string,
            let index = object.members.firstIndex(where: { $0.name == "operationId" })
        else { return get }
        object.members[index].value = .string(name + "Head")
        return .object(object)
    }

    private static func parameter(_ name: String, _ description: String, _ schema: JSONValue) -> JSONValue {
        ["name": .string(name), "in": "query", "description": .string(description), "schema": schema]
    }

    private static var list: JSONValue {
        let slugs = ProviderSlug.allCases.map { JSONValue.string($0.rawValue) }
        return [
            "operationId": "ListAiProviders",
            "tags": ["aiProviders"],
            "summary": "The records that the token may list, in the registry's order.",
            "parameters": [
                parameter("projectId", "Only this project's.", ["type": "string", "minLength": 1]),
                parameter("provider", "Only this slug's.", ["type": "string", "enum": .array(slugs)]),
                parameter("secretId", "Only those with this secret.", ["type": "string", "minLength": 1]),
                parameter(
                    "limit",
                    "The largest number of records.",
                    ["type": "integer", "minimum": 1, "maximum": 1000]
                ),
                parameter(
                    "offset",
                    "The number of records to skip.",
                    ["type": "integer", "minimum": 0, "maximum": 999_999_999]
                ),
            ],
            "responses": [
                "200": [
                    "description": "The records.",
                    "headers": OpenAPIHeaders.ofRead(and: ["X-Total-Count", "Link"]),
                    "content": [
                        "application/json": [
                            "schema": ["type": "array", "items": OpenAPISchemas.reference("AiProvider")]
                        ]
                    ],
                ],
                "304": OpenAPIResponses.reference("NotModified"),
                "400": OpenAPIResponses.reference("BadRequest"),
                "401": OpenAPIResponses.reference("Unauthorized"),
                "421": OpenAPIResponses.reference("Misdirected"),
                "503": OpenAPIResponses.reference("NotReady"),
            ],
        ]
    }

    private static var item: JSONValue {
        [
            "operationId": "GetAiProvider",
            "tags": ["aiProviders"],
            "summary": "One record.",
            "responses": [
                "200": [
                    "description": "The record.",
                    "headers": OpenAPIHeaders.ofRead(and: []),
                    "content": ["application/json": ["schema": OpenAPISchemas.reference("AiProvider")]],
                ],
                "304": OpenAPIResponses.reference("NotModified"),
                "400": OpenAPIResponses.reference("BadRequest"),
                "401": OpenAPIResponses.reference("Unauthorized"),
                "404": OpenAPIResponses.reference("NotFound"),
                "421": OpenAPIResponses.reference("Misdirected"),
                "503": OpenAPIResponses.reference("NotReady"),
            ],
        ]
    }

    private static func writing(_ name: String, _ summary: String, body: JSONValue?, isItem: Bool) -> JSONValue {
        var members: [JSONObject.Member] = [
            .init(name: "operationId", value: .string(name)),
            .init(name: "tags", value: ["aiProviders"]),
            .init(name: "summary", value: .string(summary)),
        ]
        var responses = ["400": "BadRequest", "401": "Unauthorized", "403": "Forbidden", "405": "ReadOnly"]
        if isItem { responses["404"] = "NotFound" }
        if let body {
            let content: JSONValue = ["application/json": body, "application/merge-patch+json": body]
            members.append(.init(name: "requestBody", value: ["required": true, "content": content]))
            responses["413"] = "TooLarge"
            responses["415"] = "UnsupportedMediaType"
        }
        responses["421"] = "Misdirected"
        responses["422"] = "InvalidRecord"
        responses["503"] = "NotReady"
        let described = responses.sorted { $0.key < $1.key }.map {
            JSONObject.Member(name: $0.key, value: OpenAPIResponses.reference($0.value))
        }
        members.append(.init(name: "responses", value: .object(JSONObject(described))))
        return .object(JSONObject(members))
    }

    private static var create: JSONValue {
        writing(
            "CreateAiProvider",
            "The edit that would create a provider; nothing is changed.",
            body: ["schema": OpenAPISchemas.reference("AiProviderCreate")],
            isItem: false
        )
    }

    private static var update: JSONValue {
        writing(
            "UpdateAiProvider",
            "The edit that would change a provider; nothing is changed.",
            body: ["schema": OpenAPISchemas.reference("AiProviderPatch")],
            isItem: true
        )
    }

    private static var delete: JSONValue {
        writing(
            "DeleteAiProvider",
            "The edit that would delete a provider; nothing is changed.",
            body: nil,
            isItem: true
        )
    }

    private static func text(_ name: String, _ summary: String) -> JSONValue {
        [
            "operationId": .string(name), "tags": ["server"], "summary": .string(summary), "security": [],
            "responses": [
                "200": ["description": "So it is.", "content": ["text/plain": ["schema": ["type": "string"]]]],
                "304": OpenAPIResponses.reference("NotModified"),
                "421": OpenAPIResponses.reference("Misdirected"),
            ],
        ]
    }

    private static var ready: JSONValue {
        [
            "operationId": "ready", "tags": ["server"], "summary": "Whether a registry is served.", "security": [],
            "responses": [
                "200": ["description": "One is.", "content": ["text/plain": ["schema": ["type": "string"]]]],
                "304": OpenAPIResponses.reference("NotModified"),
                "421": OpenAPIResponses.reference("Misdirected"),
                "503": OpenAPIResponses.reference("NotReady"),
            ],
        ]
    }

    private static var status: JSONValue {
        [
            "operationId": "status", "tags": ["server"], "summary": "Which registry is served.",
            "responses": [
                "200": [
                    "description": "The state, as far as the token may see it.",
                    "content": ["application/json": ["schema": OpenAPISchemas.reference("Status")]],
                ],
                "304": OpenAPIResponses.reference("NotModified"),
                "401": OpenAPIResponses.reference("Unauthorized"),
                "421": OpenAPIResponses.reference("Misdirected"),
            ],
        ]
    }

    private static var description: JSONValue {
        [
            "operationId": "description", "tags": ["server"], "summary": "This document.", "security": [],
            "responses": [
                "200": [
                    "description": "OpenAPI 3.1.", "content": ["application/json": ["schema": ["type": "object"]]],
                ],
                "304": OpenAPIResponses.reference("NotModified"),
                "421": OpenAPIResponses.reference("Misdirected"),
            ],
        ]
    }
}
