import RosterBytes
import RosterCompiler
import RosterDiagnostics
import RosterJSON

/// The tool that checks the files of a working tree; it also works while they have errors.
enum RegistryCheck {
    private static let name = "check-registry"

    /// The entry of the tool in `tools/list`.
    static var description: JSONValue {
        let title = "Check the registry"
        return [
            "name": .string(name),
            "title": .string(title),
            "description": .string(
                "Checks every file of the working tree, as roster check does, and returns all problems with their "
                    + "places and remedies. Nothing is changed."
            ),
            "inputSchema": ToolSchemas.arguments([]),
            "outputSchema": output,
            "annotations": ToolSchemas.annotations(
                title: title,
                isReading: true,
                isDestructive: false,
                isIdempotent: true
            ),
        ]
    }

    private static let counts = ["errors", "warnings", "projects", "providers", "secrets"]

    private static var output: JSONValue {
        let summary = counts.map { ($0, ["type": "integer", "minimum": 0] as JSONValue) }
        return ToolSchemas.object(
            [
                ("diagnostics", ["type": "array", "items": ["type": "object"]]),
                ("summary", ToolSchemas.object(summary, required: counts)),
            ],
            required: ["diagnostics", "summary"]
        )
    }

    /// Returns whether a request calls the tool.
    ///
    /// - Throws: ``RPCError`` when it does with arguments that are not an object.
    static func isCalled(by request: RPCRequest) throws(RPCError) -> Bool {
        guard request["name"] == .string(name) else { return false }
        _ = try request.object("arguments")
        return true
    }

    /// Checks that a call has no arguments.
    static func checkArguments(of request: RPCRequest) throws(Problem) {
        let members = request["arguments"]?.object?.members ?? []
        guard let other = members.first(where: { $0.value != .null }) else { return }
        throw .badRequest("there is no parameter \"\(PercentEncoding.shown(other.name))\"; this tool takes none")
    }

    /// Returns the result of a check.
    static func result(of diagnosis: Diagnosis) -> RPCResult {
        var json = JSONWriter(.compact)
        json.object { json in
            json.name("diagnostics")
            json.diagnostics(diagnosis.diagnostics)
            json.name("summary")
            json.object { json in
                let summary = diagnosis.summary
                let numbers = [
                    summary.errors, summary.warnings, summary.projects, summary.providers, summary.secrets,
                ]
                for (name, number) in zip(counts, numbers) {
                    json.name(escaping: name)
                    json.integer(number)
                }
            }
        }
        let bytes = json.bytes
        return ToolResult.success(text: bytes) { $0.encoded(bytes) }
    }
}
