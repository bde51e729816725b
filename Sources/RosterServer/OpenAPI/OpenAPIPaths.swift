import RosterJSON
import RosterModel

/// The requests of the OpenAPI document.
enum OpenAPIPaths {
    static var all: JSONValue {
        .object(
            JSONObject(records + projects + [.init(name: "/mcp", value: ["post": mcp.json])] + OpenAPIServerPaths.all)
        )
    }

    private static var records: [JSONObject.Member] {
        [
            .init(
                name: "/api/v1/ai-providers",
                value: ["get": list.json, "head": list.head, "post": create.json]
            ),
            .init(
                name: "/api/v1/ai-providers/{aiProviderId}",
                value: [
                    "parameters": [OpenAPIParameters.aiProviderID], "get": item("").json, "head": item("").head,
                    "patch": update("").json, "delete": delete("").json,
                ]
            ),
            .init(
                name: "/api/v1/ai-providers/{project}/{handle}",
                value: [
                    "parameters": [OpenAPIParameters.project, OpenAPIParameters.handleOfProvider],
                    "get": item("ByHandle").json, "head": item("ByHandle").head, "patch": update("ByHandle").json,
                    "delete": delete("ByHandle").json,
                ]
            ),
            .init(name: "/api/v1/events", value: ["get": events.json]),
        ]
    }

    private static var projects: [JSONObject.Member] {
        [
            .init(name: "/api/v1/projects", value: ["get": projectList.json, "head": projectList.head]),
            .init(
                name: "/api/v1/projects/{handle}",
                value: [
                    "parameters": [OpenAPIParameters.handleOfProject], "get": project.json, "head": project.head,
                ]
            ),
            .init(name: "/v1/models", value: ["get": models.json, "head": models.head]),
        ]
    }

    // MARK: Reading

    private static let conditions = [OpenAPIParameters.ifNoneMatch, OpenAPIParameters.prefer]

    private static var list: OpenAPIOperation {
        OpenAPIOperation(
            id: "ListAiProviders",
            tag: "aiProviders",
            summary: "List the providers that the token may list.",
            description:
                "The records are in the registry's order, which is stable: by project, then by handle. Filters "
                + "see only what the token may list. Without limit, the answer has all of them.",
            parameters: OpenAPIParameters.list + conditions,
            answer: "The records.",
            content: OpenAPIOperation.Content(
                schema: ["type": "array", "items": OpenAPISchemas.reference("AiProvider")],
                example: [OpenAPIExamples.record]
            ),
            headers: OpenAPIOperation.readHeaders + ["X-Total-Count", "Link", "Preference-Applied"],
            others: OpenAPIOperation.readAnswers
        )
    }

    private static func item(_ suffix: String) -> OpenAPIOperation {
        OpenAPIOperation(
            id: "GetAiProvider" + suffix,
            tag: "aiProviders",
            summary: suffix.isEmpty ? "Get a provider by its id." : "Get a provider by its handles.",
            description:
                "A provider that the token may not get is answered like one that does not exist. Both ways to a "
                + "provider give the same bytes and the same ETag.",
            parameters: [OpenAPIParameters.include] + conditions,
            answer: "The record.",
            content: OpenAPIOperation.Content(
                schema: OpenAPISchemas.reference("AiProvider"),
                example: OpenAPIExamples.record
            ),
            headers: OpenAPIOperation.readHeaders + ["Preference-Applied", "Deprecation", "Sunset"],
            others: OpenAPIOperation.itemAnswers
        )
    }

    private static var events: OpenAPIOperation {
        OpenAPIOperation(
            id: "StreamEvents",
            tag: "aiProviders",
            summary: "Stream changes of the registry.",
            description:
                "Server-Sent Events: an event whose data is {\"type\": \"registry-changed\", \"digest\", \"commit\"} "
                + "when something that the token may see changed, and a comment every 15 seconds. The id of an event is "
                + "the digest. The stream ends when the server stops.",
            parameters: [OpenAPIParameters.lastEventID],
            answer: "The stream.",
            content: OpenAPIOperation.Content(
                type: "text/event-stream",
                schema: ["type": "string"],
                example: OpenAPIExamples.event
            ),
            others: [(401, .unauthorized), (421, .misdirected), (503, .notReady)]
        )
    }

    private static var projectList: OpenAPIOperation {
        OpenAPIOperation(
            id: "ListProjects",
            tag: "projects",
            summary: "List the projects.",
            description:
                "Only the projects of which the token may list at least one provider, with the number of those.",
            parameters: [OpenAPIParameters.ifNoneMatch],
            answer: "The projects.",
            content: OpenAPIOperation.Content(
                schema: ["type": "array", "items": OpenAPISchemas.reference("Project")],
                example: [OpenAPIExamples.project]
            ),
            headers: OpenAPIOperation.readHeaders,
            others: OpenAPIOperation.readAnswers
        )
    }

    private static var project: OpenAPIOperation {
        OpenAPIOperation(
            id: "GetProject",
            tag: "projects",
            summary: "Get a project by its handle.",
            description: "A project of which the token may list no provider is answered like one that does not exist.",
            parameters: [OpenAPIParameters.ifNoneMatch],
            answer: "The project.",
            content: OpenAPIOperation.Content(
                schema: OpenAPISchemas.reference("Project"),
                example: OpenAPIExamples.project
            ),
            headers: OpenAPIOperation.readHeaders,
            others: OpenAPIOperation.itemAnswers
        )
    }

    private static var models: OpenAPIOperation {
        OpenAPIOperation(
            id: "ListModels",
            tag: "projects",
            summary: "List the providers in the form of OpenAI's list of models.",
            description: "For programs that let a person choose: the id is the provider's handle, with its project.",
            parameters: [OpenAPIParameters.ifNoneMatch],
            answer: "The list.",
            content: OpenAPIOperation.Content(
                schema: OpenAPISchemas.reference("ModelList"),
                example: OpenAPIExamples.models
            ),
            headers: OpenAPIOperation.readHeaders,
            others: OpenAPIOperation.readAnswers
        )
    }

    // MARK: Changes, which are answered with the edit to make

    private static var create: OpenAPIOperation {
        writing(
            "CreateAiProvider",
            "Get the edit that creates a provider.",
            body: OpenAPIOperation.Content(
                schema: OpenAPISchemas.reference("AiProviderCreate"),
                example: OpenAPIExamples.newRecord
            ),
            isItem: false
        )
    }

    private static func update(_ suffix: String) -> OpenAPIOperation {
        writing(
            "UpdateAiProvider" + suffix,
            "Get the edit that changes a provider.",
            body: OpenAPIOperation.Content(
                schema: OpenAPISchemas.reference("AiProviderPatch"),
                example: OpenAPIExamples.change
            ),
            isItem: true
        )
    }

    private static func delete(_ suffix: String) -> OpenAPIOperation {
        writing("DeleteAiProvider" + suffix, "Get the edit that deletes a provider.", body: nil, isItem: true)
    }

    private static func writing(
        _ id: String,
        _ summary: String,
        body: OpenAPIOperation.Content?,
        isItem: Bool
    ) -> OpenAPIOperation {
        var others: [(Int, OpenAPIResponses.Name)] = [(400, .badRequest), (401, .unauthorized), (403, .forbidden)]
        if isItem { others.append((404, .notFound)) }
        others.append((405, .readOnly))
        if body != nil { others += [(413, .tooLarge), (415, .unsupportedMediaType)] }
        others += [(421, .misdirected), (422, .invalidRecord), (503, .notReady)]
        let media =
            body == nil ? "" : " The body may also be sent as application/merge-patch+json, with the same meaning."
        return OpenAPIOperation(
            id: id,
            tag: "aiProviders",
            summary: summary,
            description:
                "Nothing is changed: the answer to a valid request is 405 with the edit of the file, as a patch and "
                + "as a command. The token needs the right to this action." + media,
            body: body,
            others: others
        )
    }

    // MARK: Agents

    private static var mcp: OpenAPIOperation {
        OpenAPIOperation(
            id: "SendMCPMessage",
            tag: "agents",
            summary: "Send a message to the MCP server.",
            description:
                "Streamable HTTP without sessions; every message is answered with application/json. A notification "
                + "is answered with 202 and no body. In 2025-03-26 the body may also be a batch of messages.",
            parameters: OpenAPIParameters.mcp,
            body: OpenAPIOperation.Content(
                schema: OpenAPISchemas.reference("MCPMessage"),
                example: OpenAPIExamples.message
            ),
            answer: "The answer, a result or an error.",
            content: OpenAPIOperation.Content(
                schema: OpenAPISchemas.reference("MCPAnswer"),
                example: OpenAPIExamples.result
            ),
            others: [
                (202, .accepted), (400, .mcpError), (401, .unauthorized), (403, .forbidden), (404, .mcpError),
                (406, .notAcceptable), (413, .tooLarge), (415, .unsupportedMediaType), (421, .misdirected),
                (503, .notReady),
            ]
        )
    }
}
