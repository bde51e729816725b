import RosterJSON

/// The schemas of the tools' arguments and results.
enum ToolSchemas {
    /// Returns the schema of a tool's arguments.
    static func arguments(_ names: [String], required: [String] = []) -> JSONValue {
        object(names.map { ($0, argument($0)) }, required: required)
    }

    /// Returns the schema of an argument: a handle is accepted in place of an id.
    private static func argument(_ name: String) -> JSONValue {
        switch name {
        case "id": text("The provider: its handle, such as acme/gpt-4o, or its id.")
        case "projectId": text("The project: its handle, such as acme, or its id.")
        case "secretId":
            [
                "type": ["string", "null"],
                "description": "The secret of the project that holds the key: its handle, or its id.",
            ]
        default: OpenAPISchemas.member(name)
        }
    }

    /// A record, followed by its handle.
    static var record: JSONValue { adding(handle("acme/gpt-4o"), to: OpenAPISchemas.record) }

    /// An edit of a file, followed by the handle of the provider.
    static var fileEdit: JSONValue { adding(handle("acme/gpt-4o"), to: OpenAPISchemas.fileEdit) }

    /// A project.
    static var project: JSONValue {
        let members: [(String, JSONValue)] = [
            ("id", text("The project's id.")), ("handle", handle("acme")), ("name", text("A label for people.")),
            ("providers", ["type": "integer", "description": "The number of providers that the caller may list."]),
        ]
        return object(members, required: members.map(\.0))
    }

    /// A secret, without anything of its value.
    static var secret: JSONValue {
        let members: [(String, JSONValue)] = [
            ("id", text("The secret's id.")), ("project", handle("acme")), ("handle", handle("openai-prod")),
            ("name", text("A label for people.")),
            (
                "allowedHosts",
                ["type": "array", "items": ["type": "string"], "description": "The hosts that it may be sent to."]
            ),
            ("rotateBy", ["type": ["string", "null"], "description": "The day by which the key is to be changed."]),
        ]
        return object(members, required: members.map(\.0))
    }

    /// Returns the schema of an object with one array.
    static func list(_ name: String, of elements: JSONValue) -> JSONValue {
        object([(name, ["type": "array", "items": elements])], required: [name])
    }

    /// Returns the schema of an object without other members.
    static func object(_ members: [(String, JSONValue)], required: [String]) -> JSONValue {
        [
            "type": "object",
            "properties": .object(JSONObject(members.map { JSONObject.Member(name: $0.0, value: $0.1) })),
            "required": .array(required.map(JSONValue.string)),
            "additionalProperties": false,
        ]
    }

    /// Returns the hints for clients.
    static func annotations(title: String, isReading: Bool, isDestructive: Bool, isIdempotent: Bool) -> JSONValue {
        [
            "title": .string(title),
            "readOnlyHint": .boolean(isReading),
            "destructiveHint": .boolean(isDestructive),
            "idempotentHint": .boolean(isIdempotent),
            "openWorldHint": false,
        ]
    }

    static func text(_ description: String) -> JSONValue { ["type": "string", "description": .string(description)] }

    private static func handle(_ example: String) -> JSONValue {
        text("The name to refer to it by, such as \(example).")
    }

    /// Returns the schema of an object with a required member `handle` at its end.
    private static func adding(_ handle: JSONValue, to schema: JSONValue) -> JSONValue {
        guard var object = schema.object else { return schema }
        for index in object.members.indices {
            switch (object.members[index].name, object.members[index].value) {
            case ("properties", .object(var properties)):
                properties.members.append(JSONObject.Member(name: "handle", value: handle))
                object.members[index].value = .object(properties)
            case ("required", .array(let names)): object.members[index].value = .array(names + ["handle"])
            default: break
            }
        }
        return .object(object)
    }
}
