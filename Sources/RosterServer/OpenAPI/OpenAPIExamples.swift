import RosterDiagnostics
import RosterJSON

/// The examples of the OpenAPI document.
enum OpenAPIExamples {
    /// The ten members of a record.
    static let record = value(
        #"""
        {"id": "aip_8QzKx0vT2mWb4NcR", "projectId": "proj_V1StGXR8Z5jdHi6B", "secretId": "sec_J8sPq2LmN4tRvX6z",
         "name": "Claude for checkout", "provider": "anthropic", "defaultModel": "claude-sonnet-4-5", "baseUrl": null,
         "config": null, "createdAt": "2026-01-05T10:00:00Z", "updatedAt": "2026-11-02T16:20:11Z"}
        """#
    )

    static let newRecord = value(
        #"""
        {"projectId": "proj_V1StGXR8Z5jdHi6B", "name": "Claude for search", "provider": "anthropic",
         "defaultModel": "claude-sonnet-4-5", "secretId": "sec_J8sPq2LmN4tRvX6z"}
        """#
    )

    static let change = value(#"{"defaultModel": "claude-opus-4-5", "baseUrl": null}"#)

    static let project = value(
        #"{"id": "proj_V1StGXR8Z5jdHi6B", "handle": "acme", "name": "Acme", "providers": 12}"#
    )

    static let models = value(
        #"""
        {"object": "list",
         "data": [{"id": "acme/claude", "object": "model", "created": 1767607200, "owned_by": "anthropic"}]}
        """#
    )

    static let status = value(
        #"""
        {"ready": true, "commit": "4f1c0a5b6d7e8f90123456789abcdef012345678",
         "digest": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         "loadedAt": "2026-11-02T16:20:12Z", "counts": {"projects": 2, "providers": 12, "secrets": 8},
         "lastAttempt": {"at": "2026-11-02T16:20:12Z", "ok": true,
                         "commit": "4f1c0a5b6d7e8f90123456789abcdef012345678"},
         "diagnostics": []}
        """#
    )

    static let message = value(
        #"""
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
         "params": {"name": "get-ai-provider", "arguments": {"id": "aip_8QzKx0vT2mWb4NcR"}}}
        """#
    )

    static let result = value(
        #"""
        {"jsonrpc": "2.0", "id": 1,
         "result": {"content": [{"type": "text", "text": "{\"id\":\"aip_8QzKx0vT2mWb4NcR\"}"}], "isError": false}}
        """#
    )

    static let mcpError = value(
        #"{"jsonrpc": "2.0", "id": 1, "error": {"code": -32601, "message": "there is no method tools/cal"}}"#
    )

    static let metrics: JSONValue = """
        # HELP roster_http_connections Connections that are open.
        # TYPE roster_http_connections gauge
        roster_http_connections 3

        """

    static let event: JSONValue = """
        id: sha256:9f86d081884c7d65
        data: {"type": "registry-changed", "digest": "sha256:9f86d081884c7d65", "commit": null}


        """

    static let readOnly = value(
        #"""
        {"type": "urn:roster:problem/read-only", "title": "This registry is changed by pull request", "status": 405,
         "detail": "nothing was changed here; apply the patch with git apply, and open a pull request",
         "instance": "/api/v1/ai-providers/acme/claude",
         "error": "nothing was changed here; apply the patch with git apply, and open a pull request",
         "fileEdit": {
           "path": "providers/acme/claude.yaml", "operation": "update",
           "patch": "--- a/providers/acme/claude.yaml\n+++ b/providers/acme/claude.yaml\n@@ -4 +4 @@\n-defaultModel: claude-sonnet-4-5\n+defaultModel: claude-opus-4-5\n",
           "command": "roster provider update acme/claude --default-model claude-opus-4-5",
           "arguments": ["roster", "provider", "update", "acme/claude", "--default-model", "claude-opus-4-5"]}}
        """#
    )

    static let notAcceptable = Problem(
        406,
        "not-acceptable",
        "The answer is of another type",
        "answers are application/json: send Accept: application/json, text/event-stream"
    )

    static let invalidRecord: Problem = {
        let message = "\"secretId\" must be a text or null"
        let place = Diagnostic.Place(path: "providers/acme/claude.yaml")
        return .unprocessable(
            message,
            [Diagnostic(rule: "wrong-type", severity: .error, message: message, place: place)]
        )
    }()

    private static func value(_ text: String) -> JSONValue { (try? JSONReader.read(text)) ?? .null }
}
