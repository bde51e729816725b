import RosterJSON
import RosterModel

/// The member `_meta` of a request of `2026-07-28`.
enum RequestMeta {
    static let revisionKey = "io.modelcontextprotocol/protocolVersion"
    private static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
    private static let clientKey = "io.modelcontextprotocol/clientInfo"
    private static let levelKey = "io.modelcontextprotocol/logLevel"
    private static let levels = [
        "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency",
    ]

    /// The revision that a request names for itself; nil when it names none, as in the handshake revisions.
    static func revision(of request: RPCRequest) throws(RPCError) -> String? {
        guard let value = request["_meta"]?.object?[revisionKey] else { return nil }
        guard let text = value.string else { throw .invalidParams("_meta: \"\(revisionKey)\" must be a text") }
        return text
    }

    /// Checks everything but the revision.
    static func check(_ request: RPCRequest) throws(RPCError) {
        guard let meta = try request.object("_meta") else { throw missing(revisionKey) }
        guard meta[revisionKey] != nil else { throw missing(revisionKey) }
        guard let capabilities = meta[capabilitiesKey] else { throw missing(capabilitiesKey) }
        guard capabilities.object != nil else {
            throw .invalidParams("_meta: \"\(capabilitiesKey)\" must be an object")
        }
        if let client = meta[clientKey] {
            guard client.object?["name"]?.string != nil, client.object?["version"]?.string != nil else {
                throw .invalidParams("_meta: \"\(clientKey)\" must be an object with name and version")
            }
        }
        if let level = meta[levelKey] {
            guard let text = level.string, levels.contains(text) else {
                throw .invalidParams("_meta: \"\(levelKey)\" must be one of \(levels.joined(separator: ", "))")
            }
        }
    }

    /// A member that every request must have.
    static func missing(_ key: String) -> RPCError {
        .invalidParams(
            "_meta: \"\(key)\" is missing; a client of an older revision sends initialize first, "
                + "and over HTTP MCP-Protocol-Version"
        )
    }
}
