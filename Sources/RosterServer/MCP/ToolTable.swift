import RosterCompiler
import RosterDiagnostics
import RosterJSON
import RosterModel

/// The tools, in the order in which they are listed.
///
/// Nothing in their descriptions comes from a file.
struct ToolTable: Sendable {
    /// The effect of a tool.
    enum Tool: String, CaseIterable, Sendable {
        case list = "list-ai-providers"
        case get = "get-ai-provider"
        case create = "create-ai-provider"
        case update = "update-ai-provider"
        case delete = "delete-ai-provider"
    }

    /// The array of `tools/list`.
    let encoded: [UInt8]

    /// Creates the table of a server that makes edits, or only returns them.
    init(makesEdits: Bool) {
        var json = JSONWriter(.compact)
        json.value(.array(Tool.allCases.map { $0.description(makesEdits: makesEdits) }))
        encoded = json.bytes
    }
}

extension ToolTable.Tool {
    fileprivate func description(makesEdits: Bool) -> JSONValue {
        [
            "name": .string(rawValue),
            "title": .string(title),
            "description": .string(makesEdits ? effect : consequence),
            "inputSchema": input,
            "outputSchema": output,
            "annotations": annotations,
        ]
    }

    private var title: String {
        switch self {
        case .list: "List AI providers"
        case .get: "Get an AI provider"
        case .create: "Create an AI provider"
        case .update: "Update an AI provider"
        case .delete: "Delete an AI provider"
        }
    }

    /// Returns the description of a tool that edits a working tree.
    private var effect: String {
        switch self {
        case .list, .get: consequence
        case .create:
            "Creates a provider: writes its file in the working tree, checked first, and returns the edit with its "
                + "diff. Nothing is committed."
        case .update:
            "Changes members of a provider: edits its file in the working tree, checked first, and returns the edit "
                + "with its diff. config is merged, null takes a member away. Nothing is committed."
        case .delete:
            "Deletes a provider: removes its file from the working tree, checked first, and returns the edit with its "
                + "diff. Its secret stays. Nothing is committed."
        }
    }

    /// Returns the description of a tool of a registry that is only served.
    private var consequence: String {
        switch self {
        case .list:
            "Lists the providers that the caller may list, in the registry's order, all of them or those of one "
                + "project or kind."
        case .get: "Gets one provider by its id."
        case .create:
            "Returns the edit of a file that would create a provider, as a patch and as a command. Nothing is changed: "
                + "the registry is changed by pull request."
        case .update:
            "Returns the edit of a file that would change members of a provider, as a patch and as a command. config "
                + "is merged, null takes a member away. Nothing is changed: the registry is changed by pull request."
        case .delete:
            "Returns the edit that would delete a provider's file, as a patch and as a command. Nothing is changed: "
                + "the registry is changed by pull request."
        }
    }

    /// Writes hints that are true on both transports: where edits are only returned, they promise less than they could.
    private var annotations: JSONValue {
        let isReading = self == .list || self == .get
        return [
            "title": .string(title),
            "readOnlyHint": .boolean(isReading),
            "destructiveHint": .boolean(self == .update || self == .delete),
            "idempotentHint": .boolean(self != .create),
            "openWorldHint": false,
        ]
    }

    private static let settable = ["projectId", "name", "provider", "defaultModel", "secretId", "baseUrl", "config"]

    private var input: JSONValue {
        switch self {
        case .list: Self.arguments(["projectId", "provider"], required: [])
        case .get, .delete: Self.arguments(["id"], required: ["id"])
        case .create: Self.arguments(Self.settable, required: ["projectId", "name", "provider", "defaultModel"])
        case .update: Self.arguments(["id"] + Self.settable, required: ["id"])
        }
    }

    private static func arguments(_ names: [String], required: [String]) -> JSONValue {
        [
            "type": "object",
            "properties": .object(
                JSONObject(names.map { JSONObject.Member(name: $0, value: OpenAPISchemas.member($0)) })
            ),
            "required": .array(required.map(JSONValue.string)),
            "additionalProperties": false,
        ]
    }

    private var output: JSONValue {
        switch self {
        case .list:
            [
                "type": "object",
                "properties": ["providers": ["type": "array", "items": OpenAPISchemas.record]],
                "required": ["providers"],
                "additionalProperties": false,
            ]
        case .get: OpenAPISchemas.record
        case .create, .update, .delete: OpenAPISchemas.fileEdit
        }
    }
}
