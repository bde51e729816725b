import RosterJSON
import RosterModel

/// The schemas of the OpenAPI document, the record's made from the format's own table.
enum OpenAPISchemas {
    static var all: JSONValue {
        [
            "AiProvider": extendedRecord, "AiProviderCreate": create, "AiProviderPatch": patch,
            "Endpoint": OpenAPIMoreSchemas.endpoint, "Model": OpenAPIMoreSchemas.model,
            "Project": OpenAPIMoreSchemas.project, "LastAttempt": OpenAPIMoreSchemas.lastAttempt,
            "ModelList": OpenAPIMoreSchemas.modelList,
            "MCPMessage": OpenAPIMoreSchemas.message, "MCPAnswer": OpenAPIMoreSchemas.answer, "FileEdit": fileEdit,
            "Diagnostic": diagnostic, "Problem": problem(and: []),
            "ReadOnlyProblem": problem(and: [("fileEdit", reference("FileEdit"))], isRequired: false),
            "InvalidRecordProblem": problem(
                and: [("diagnostics", ["type": "array", "items": reference("Diagnostic")])],
                isRequired: true
            ),
            "Status": status, "Publication": OpenAPIMoreSchemas.publication,
            "PublicationSource": OpenAPIMoreSchemas.publicationSource,
            "SavedState": OpenAPIMoreSchemas.savedState, "Failure": OpenAPIMoreSchemas.failure,
        ]
    }

    static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    /// The record's members in the order in which they are sent.
    static let recordMembers = [
        "id", "projectId", "secretId", "name", "provider", "defaultModel", "baseUrl", "config", "createdAt",
        "updatedAt",
    ]

    /// A record, as the API and MCP give it.
    static var record: JSONValue {
        [
            "type": "object",
            "description": "A provider: which model, where, with which secret.",
            "properties": .object(JSONObject(recordMembers.map { .init(name: $0, value: member($0)) })),
            "required": .array(recordMembers.map(JSONValue.string)),
            "additionalProperties": true,
        ]
    }

    /// A record with the members that ``IncludedMembers`` adds.
    private static var extendedRecord: JSONValue {
        let included: [JSONObject.Member] = [
            .init(
                name: "handle",
                value: [
                    "type": "string", "description": "The project's handle, a slash and the provider's; with include.",
                ]
            ),
            .init(
                name: "endpoint",
                value: [
                    "oneOf": [reference("Endpoint"), ["type": "null"]],
                    "description": "The URLs of its requests; with include.",
                ]
            ),
            .init(
                name: "model",
                value: [
                    "oneOf": [reference("Model"), ["type": "null"]],
                    "description": "The lifecycle of its model; with include. Null when it is in no catalogue.",
                ]
            ),
        ]
        let members = recordMembers.map { JSONObject.Member(name: $0, value: member($0)) }
        return [
            "type": "object",
            "description": "A provider: which model, where, with which secret.",
            "properties": .object(JSONObject(members + included)),
            "required": .array(recordMembers.map(JSONValue.string)),
            "additionalProperties": true,
        ]
    }

    private static var create: JSONValue {
        let settable = ["projectId", "name", "provider", "defaultModel", "secretId", "baseUrl", "config"]
        return [
            "type": "object",
            "properties": .object(JSONObject(settable.map { .init(name: $0, value: member($0)) })),
            "required": ["projectId", "name", "provider", "defaultModel"],
            "additionalProperties": false,
        ]
    }

    private static var patch: JSONValue {
        let settable = ["name", "provider", "defaultModel", "secretId", "baseUrl", "config"]
        return [
            "type": "object",
            "description": "A merge patch (RFC 7396): null takes a member away.",
            "properties": .object(JSONObject(settable.map { .init(name: $0, value: member($0)) })),
            "additionalProperties": false,
        ]
    }

    /// The schema of one of the record's members.
    static func member(_ name: String) -> JSONValue {
        switch name {
        case "projectId": return id("proj", "The project that the provider belongs to.")
        case "secretId": return nullable(id("sec", "The secret that holds its key."))
        case "createdAt": return date("When its file was made.")
        case "updatedAt": return date("When its file was last changed.")
        case "id": return id("aip", describe(name))
        case "provider":
            let slugs = ProviderSlug.allCases.map { JSONValue.string($0.rawValue) }
            return ["type": "string", "enum": .array(slugs), "description": .string(describe(name))]
        case "baseUrl": return ["type": ["string", "null"], "description": .string(describe(name))]
        case "config":
            return ["type": ["object", "null"], "description": .string(describe(name)), "additionalProperties": true]
        default:
            return ["type": "string", "minLength": 1, "maxLength": 200, "description": .string(describe(name))]
        }
    }

    private static func describe(_ name: String) -> String {
        RecordShape.provider.fields.first { $0.name.description == name }?.details ?? ""
    }

    private static func id(_ prefix: String, _ description: String) -> JSONValue {
        [
            "type": "string", "pattern": .string("^\(prefix)_[A-Za-z0-9]{16}$"), "description": .string(description),
        ]
    }

    private static func nullable(_ schema: JSONValue) -> JSONValue {
        guard var object = schema.object, let index = object.members.firstIndex(where: { $0.name == "type" }) else {
            return schema
        }
        object.members[index].value = ["string", "null"]
        return .object(object)
    }

    private static func date(_ description: String) -> JSONValue {
        ["type": "string", "format": "date-time", "description": .string(description)]
    }

    /// An edit of a file, as the API and MCP give it.
    static var fileEdit: JSONValue {
        [
            "type": "object",
            "description": "The edit of a file that makes the change.",
            "properties": [
                "path": ["type": "string", "description": "The file, relative to git's top level."],
                "operation": ["type": "string", "enum": ["create", "update", "delete"]],
                "patch": [
                    "type": ["string", "null"],
                    "description": "What git apply takes; null where the server has no files.",
                ],
                "command": ["type": "string", "description": "The same for a POSIX shell."],
                "arguments": [
                    "type": "array", "items": ["type": "string"],
                    "description": "The command, argument by argument.",
                ],
            ],
            "required": ["path", "operation", "patch", "command", "arguments"],
            "additionalProperties": true,
        ]
    }

    private static var diagnostic: JSONValue {
        let texts = ["rule", "message", "path"].map { JSONObject.Member(name: $0, value: ["type": "string"]) }
        let numbers = ["line", "column", "endLine", "endColumn", "byteOffset", "byteLength"].map {
            JSONObject.Member(name: $0, value: ["type": ["integer", "null"]])
        }
        let others: [JSONObject.Member] = [
            .init(name: "severity", value: ["type": "string", "enum": ["error", "warning"]]),
            .init(name: "help", value: ["type": ["string", "null"]]),
            .init(name: "replacement", value: ["type": ["string", "null"]]),
            .init(
                name: "related",
                value: ["type": "array", "items": ["type": "object", "additionalProperties": true]]
            ),
        ]
        let members = texts + numbers + others
        return [
            "type": "object",
            "description": "What check would find.",
            "properties": .object(JSONObject(members)),
            "required": .array(members.map { .string($0.name) }),
            "additionalProperties": true,
        ]
    }

    private static func problem(and more: [(String, JSONValue)], isRequired: Bool = true) -> JSONValue {
        var members: [JSONObject.Member] = [
            .init(name: "type", value: ["type": "string", "format": "uri-reference"]),
            .init(name: "title", value: ["type": "string"]),
            .init(name: "status", value: ["type": "integer"]),
            .init(name: "detail", value: ["type": "string"]),
            .init(name: "instance", value: ["type": "string"]),
            .init(name: "error", value: ["type": "string", "description": "The detail again."]),
        ]
        let required = members.map(\.name) + (isRequired ? more.map(\.0) : [])
        members += more.map { .init(name: $0.0, value: $0.1) }
        return [
            "type": "object",
            "description": "What is wrong (RFC 9457).",
            "properties": .object(JSONObject(members)),
            "required": .array(required.map(JSONValue.string)),
            "additionalProperties": true,
        ]
    }

    private static var status: JSONValue {
        let number: JSONValue = ["type": "integer", "minimum": 0]
        return [
            "type": "object",
            "description": "The registry that is served; the members depend on the token.",
            "properties": [
                "ready": ["type": "boolean"],
                "commit": ["type": ["string", "null"]],
                "digest": ["type": ["string", "null"]],
                "loadedAt": ["type": ["string", "null"], "format": "date-time"],
                "freshness": [
                    "type": "string", "enum": ["current", "ageing", "expired", "none"],
                    "description": "The age of the publication; absent for a server that follows none.",
                ],
                "publication": ["oneOf": [reference("Publication"), ["type": "null"]]],
                "sources": ["type": "array", "items": reference("PublicationSource")],
                "state": ["oneOf": [reference("SavedState"), ["type": "null"]]],
                "counts": [
                    "type": "object",
                    "properties": ["projects": number, "providers": number, "secrets": number],
                    "required": ["projects", "providers", "secrets"],
                    "additionalProperties": true,
                ],
                "lastAttempt": ["oneOf": [reference("LastAttempt"), ["type": "null"]]],
                "reason": ["type": "string"],
                "diagnostics": ["type": "array", "items": reference("Diagnostic")],
            ],
            "required": ["ready", "digest", "loadedAt"],
            "additionalProperties": true,
        ]
    }
}
