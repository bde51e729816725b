import RosterCompiler
import RosterDiagnostics
import RosterJSON
import RosterModel

/// `GET /openapi.json`: what the server takes and gives, as OpenAPI 3.1 has it.
package struct OpenAPIDocument: Sendable {
    private let plain: EncodedResponse

    init() { plain = TelemetryResponse.json(Self.bytes) }

    /// The answer to a request for it.
    func response(to request: Request) -> EncodedResponse {
        TelemetryResponse.compressed(plain, type: "application/json", for: request)
    }

    /// The document, with its final newline.
    package static var bytes: [UInt8] {
        var json = JSONWriter(.pretty)
        json.value(document)
        json.endLine()
        return json.bytes
    }

    private static var document: JSONValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Roster",
                "version": "1.0.0",
                "summary": "A registry of LLM providers, read-only.",
                "description": .string(
                    "Records are read here and changed in git: a request to write is answered with the edit of a file. "
                        + "Answers may get more members; requests may not have others than these."
                ),
                "license": ["name": "Apache 2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/", "description": "The server that the document came from."]],
            "security": [["token": []], [:]],
            "tags": [
                ["name": "aiProviders", "description": "The providers, and the edits that would change them."],
                ["name": "projects", "description": "The projects, and the models of their providers."],
                ["name": "agents", "description": "The same for agents: the Model Context Protocol."],
                ["name": "server", "description": "The server itself."],
            ],
            "paths": OpenAPIPaths.all,
            "components": [
                "securitySchemes": [
                    "token": [
                        "type": "http",
                        "scheme": "bearer",
                        "description": .string(
                            "sk_ and 43 characters, made by roster token create. A registry without access needs none."
                        ),
                    ]
                ],
                "schemas": OpenAPISchemas.all,
                "headers": OpenAPIHeaders.all,
                "responses": OpenAPIResponses.all,
            ],
        ]
    }
}
