import RosterJSON
import RosterModel

/// The schemas of what is not a record.
enum OpenAPIMoreSchemas {
    /// The URLs of a provider's requests.
    static var endpoint: JSONValue {
        [
            "type": "object",
            "description": "The URLs of a provider's requests.",
            "properties": [
                "baseUrl": ["type": "string", "description": "The effective base URL, with the slug's own suffix."],
                "chat": ["type": "string", "description": "The URL of a chat request."],
                "host": ["type": "string", "description": "The host and port."],
                "keyed": ["type": "boolean", "description": "Whether requests carry a key."],
            ],
            "required": ["baseUrl", "chat", "host", "keyed"],
            "additionalProperties": true,
        ]
    }

    /// The entry of a model in the catalogue.
    static var model: JSONValue {
        let date: JSONValue = ["type": ["string", "null"], "format": "date"]
        return [
            "type": "object",
            "description": "What is known of a model.",
            "properties": [
                "provider": ["type": "string", "description": "The slug."],
                "model": ["type": "string"],
                "deprecated": date,
                "retires": date,
                "successors": ["type": "array", "items": ["type": "string"]],
                "context": ["type": ["integer", "null"], "description": "Tokens."],
                "price": [
                    "type": ["object", "null"],
                    "description": "The price of a million tokens.",
                    "properties": [
                        "input": ["type": "string"], "output": ["type": "string"], "per": ["type": "string"],
                        "currency": ["type": "string"],
                    ],
                    "additionalProperties": true,
                ],
                "kind": ["type": "string"],
                "sources": [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "properties": [
                            "name": ["type": "string"], "seen": ["type": "string", "format": "date"],
                        ],
                        "required": ["name", "seen"],
                        "additionalProperties": true,
                    ],
                ],
            ],
            "required": [
                "provider", "model", "deprecated", "retires", "successors", "context", "price", "kind", "sources",
            ],
            "additionalProperties": true,
        ]
    }

    static var project: JSONValue {
        [
            "type": "object",
            "description": "A project: a group of providers and their secrets.",
            "properties": [
                "id": ["type": "string", "pattern": "^proj_[A-Za-z0-9]{16}$"],
                "handle": ["type": "string", "pattern": .string(Handle.pattern)],
                "name": ["type": "string"],
                "providers": [
                    "type": "integer", "minimum": 1, "description": "How many of its providers the token may list.",
                ],
            ],
            "required": ["id", "handle", "name", "providers"],
            "additionalProperties": true,
        ]
    }

    /// The list of models in OpenAI's form.
    static var modelList: JSONValue {
        [
            "type": "object",
            "description": "OpenAI's list of models.",
            "properties": [
                "object": ["type": "string", "enum": ["list"]],
                "data": [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "properties": [
                            "id": ["type": "string", "description": "The provider's handle, with its project."],
                            "object": ["type": "string", "enum": ["model"]],
                            "created": ["type": "integer", "description": "Seconds since 1970."],
                            "owned_by": ["type": "string", "description": "The slug."],
                        ],
                        "required": ["id", "object", "created", "owned_by"],
                        "additionalProperties": true,
                    ],
                ],
            ],
            "required": ["object", "data"],
            "additionalProperties": true,
        ]
    }

    /// The last attempt to load a registry.
    static var lastAttempt: JSONValue {
        [
            "type": "object",
            "description": "The last attempt to load a registry.",
            "properties": [
                "at": ["type": "string", "format": "date-time"],
                "ok": ["type": "boolean"],
                "commit": ["type": ["string", "null"]],
            ],
            "required": ["at", "ok", "commit"],
            "additionalProperties": true,
        ]
    }

    /// The publication that is served.
    static var publication: JSONValue {
        let time: JSONValue = ["type": "string", "format": "date-time"]
        return [
            "type": "object",
            "description": "The signed publication that is served.",
            "properties": [
                "channel": ["type": "string"],
                "serial": ["type": "integer", "minimum": 0],
                "issued": time,
                "expires": time,
                "keyId": ["type": "string", "description": "The id of the key that signed it."],
            ],
            "required": ["channel", "serial", "issued", "expires", "keyId"],
            "additionalProperties": true,
        ]
    }

    /// A source of publications.
    static var publicationSource: JSONValue {
        let time: JSONValue = ["type": ["string", "null"], "format": "date-time"]
        return [
            "type": "object",
            "description": "A source of publications.",
            "properties": [
                "source": ["type": "string", "description": "The address, without credentials."],
                "state": ["type": ["string", "null"], "description": "up, down, or null before the first read."],
                "checkedAt": time,
                "changedAt": time,
                "failure": ["oneOf": [OpenAPISchemas.reference("Failure"), ["type": "null"]]],
            ],
            "required": ["source", "state", "checkedAt", "changedAt", "failure"],
            "additionalProperties": true,
        ]
    }

    /// The state folder of a server that follows publications.
    static var savedState: JSONValue {
        [
            "type": "object",
            "description": "The folder that keeps the last publication.",
            "properties": [
                "savedAt": ["type": ["string", "null"], "format": "date-time"],
                "failure": ["oneOf": [OpenAPISchemas.reference("Failure"), ["type": "null"]]],
            ],
            "required": ["savedAt", "failure"],
            "additionalProperties": true,
        ]
    }

    /// A failure of a source or of the state folder.
    static var failure: JSONValue {
        [
            "type": "object",
            "description": "The last failure of a source or of the state folder.",
            "properties": [
                "reason": ["type": "string", "description": "A label of a closed list."],
                "message": ["type": "string"],
                "at": ["type": "string", "format": "date-time"],
            ],
            "required": ["reason", "message", "at"],
            "additionalProperties": true,
        ]
    }

    /// A request or a notification to the MCP server.
    static var message: JSONValue {
        [
            "type": "object",
            "description": "A message of JSON-RPC 2.0; without id, a notification.",
            "properties": [
                "jsonrpc": ["type": "string", "enum": ["2.0"]],
                "id": ["type": ["string", "integer"]],
                "method": ["type": "string"],
                "params": ["description": "An object that depends on the method."],
            ],
            "required": ["jsonrpc", "method"],
            "additionalProperties": true,
        ]
    }

    /// An answer of the MCP server.
    static var answer: JSONValue {
        [
            "type": "object",
            "description": "An answer of JSON-RPC 2.0: it has a result or an error.",
            "properties": [
                "jsonrpc": ["type": "string", "enum": ["2.0"]],
                "id": ["type": ["string", "integer", "null"]],
                "result": ["type": "object", "additionalProperties": true],
                "error": [
                    "type": "object",
                    "properties": ["code": ["type": "integer"], "message": ["type": "string"]],
                    "required": ["code", "message"],
                    "additionalProperties": true,
                ],
            ],
            "required": ["jsonrpc"],
            "additionalProperties": true,
        ]
    }
}
