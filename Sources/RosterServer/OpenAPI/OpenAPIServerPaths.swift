import RosterJSON

/// The requests of the OpenAPI document that are about the server itself, most of which need no token.
enum OpenAPIServerPaths {
    static var all: [JSONObject.Member] {
        let operations = [
            ("/livez", text("live", "Check that the process runs.", "alive\n", alwaysReady)),
            ("/healthz", text("health", "Check that the process runs, as /livez does.", "alive\n", alwaysReady)),
            ("/readyz", text("ready", "Check that a registry is served.", "ready\n", alwaysReady + [(503, .notReady)])),
            ("/status", status), ("/metrics", metrics), ("/openapi.json", description),
        ]
        return operations.map { path, operation in
            .init(name: path, value: ["get": operation.json, "head": operation.head])
        }
    }

    private static let alwaysReady: [(Int, OpenAPIResponses.Name)] = [(304, .notModified), (421, .misdirected)]

    private static func text(
        _ id: String,
        _ summary: String,
        _ example: String,
        _ others: [(Int, OpenAPIResponses.Name)]
    ) -> OpenAPIOperation {
        OpenAPIOperation(
            id: id,
            tag: "server",
            summary: summary,
            description: "For probes: needs no token, and is logged at debug.",
            answer: "It does.",
            content: OpenAPIOperation.Content(
                type: "text/plain",
                schema: ["type": "string"],
                example: .string(example)
            ),
            others: others,
            needsToken: false
        )
    }

    private static var metrics: OpenAPIOperation {
        OpenAPIOperation(
            id: "metrics",
            tag: "server",
            summary: "Get metrics in Prometheus' format.",
            description: "Labels are words and numbers of closed lists. Needs no token, and is logged at debug.",
            answer: "The metrics.",
            content: OpenAPIOperation.Content(
                type: "text/plain",
                schema: ["type": "string"],
                example: OpenAPIExamples.metrics
            ),
            others: alwaysReady,
            needsToken: false
        )
    }

    private static var status: OpenAPIOperation {
        OpenAPIOperation(
            id: "status",
            tag: "server",
            summary: "Get the state of the server.",
            description:
                "The registry that is served, and the reason for which a newer one is not. Without a token, the "
                + "answer has only ready, digest, loadedAt and freshness; with one, as much as the token may see.",
            answer: "The state.",
            content: OpenAPIOperation.Content(
                schema: OpenAPISchemas.reference("Status"),
                example: OpenAPIExamples.status
            ),
            others: [(304, .notModified), (401, .unauthorized), (421, .misdirected)]
        )
    }

    private static var description: OpenAPIOperation {
        OpenAPIOperation(
            id: "description",
            tag: "server",
            summary: "Get this document.",
            description: "OpenAPI 3.1, as roster openapi prints it. Needs no token.",
            answer: "The document.",
            content: OpenAPIOperation.Content(
                schema: ["type": "object", "additionalProperties": true],
                example: ["openapi": "3.1.0", "info": ["title": "Roster", "version": "1.0.0"], "paths": [:]]
            ),
            others: alwaysReady,
            needsToken: false
        )
    }
}
