import RosterJSON

/// The tools, in the order in which they are listed.
///
/// Nothing in their descriptions comes from a file.
struct ToolTable: Sendable {
    /// The effect of a tool on the records of a snapshot.
    enum Tool: String, CaseIterable, Sendable {
        case list = "list-ai-providers"
        case get = "get-ai-provider"
        case create = "create-ai-provider"
        case update = "update-ai-provider"
        case delete = "delete-ai-provider"
        case projects = "list-projects"
        case secrets = "list-secrets"

        /// A Boolean value that indicates whether the tool changes nothing on either transport.
        var isReading: Bool {
            switch self {
            case .list, .get, .projects, .secrets: true
            case .create, .update, .delete: false
            }
        }
    }

    /// The array of `tools/list`.
    let encoded: [UInt8]

    /// Creates the table of a server that makes edits in a working tree and checks it, or that only returns edits.
    init(makesEdits: Bool) {
        var json = JSONWriter(.compact)
        let tools = Tool.allCases.map { $0.description(makesEdits: makesEdits) }
        json.value(.array(tools + (makesEdits ? [RegistryCheck.description] : [])))
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
        case .projects: "List projects"
        case .secrets: "List secrets"
        }
    }

    /// Returns the description of a tool that edits a working tree.
    private var effect: String {
        switch self {
        case .list, .get, .projects, .secrets: consequence
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
        case .get: "Gets one provider by its handle or its id."
        case .create:
            "Returns the edit of a file that would create a provider, as a patch and as a command. Nothing is changed: "
                + "the registry is changed by pull request."
        case .update:
            "Returns the edit of a file that would change members of a provider, as a patch and as a command. config "
                + "is merged, null takes a member away. Nothing is changed: the registry is changed by pull request."
        case .delete:
            "Returns the edit that would delete a provider's file, as a patch and as a command. Nothing is changed: "
                + "the registry is changed by pull request."
        case .projects: "Lists the projects whose providers the caller may list, with the handles that projectId takes."
        case .secrets:
            "Lists the secrets of the projects whose providers the caller may list, or of one, with the handles that "
                + "secretId takes and the hosts that each key may be sent to. No key is in the result."
        }
    }

    /// Writes hints that are true on both transports: where edits are only returned, they promise less than they could.
    private var annotations: JSONValue {
        ToolSchemas.annotations(
            title: title,
            isReading: isReading,
            isDestructive: self == .update || self == .delete,
            isIdempotent: self != .create
        )
    }

    private static let settable = ["projectId", "name", "provider", "defaultModel", "secretId", "baseUrl", "config"]

    private var input: JSONValue {
        switch self {
        case .list: ToolSchemas.arguments(["projectId", "provider"])
        case .get, .delete: ToolSchemas.arguments(["id"], required: ["id"])
        case .create: ToolSchemas.arguments(Self.settable, required: ["projectId", "name", "provider", "defaultModel"])
        case .update: ToolSchemas.arguments(["id"] + Self.settable, required: ["id"])
        case .projects: ToolSchemas.arguments([])
        case .secrets: ToolSchemas.arguments(["projectId"])
        }
    }

    private var output: JSONValue {
        switch self {
        case .list: ToolSchemas.list("providers", of: ToolSchemas.record)
        case .get: ToolSchemas.record
        case .create, .update, .delete: ToolSchemas.fileEdit
        case .projects: ToolSchemas.list("projects", of: ToolSchemas.project)
        case .secrets: ToolSchemas.list("secrets", of: ToolSchemas.secret)
        }
    }
}
