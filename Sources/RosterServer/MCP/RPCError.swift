import RosterBytes
import RosterJSON
import RosterModel

/// An error of JSON-RPC 2.0, as the revisions of MCP use it.
struct RPCError: Error, Sendable, Hashable {
    var code: Int
    var message: String
    var data: JSONValue?

    init(_ code: Int, _ message: String, data: JSONValue? = nil) {
        (self.code, self.message, self.data) = (code, message, data)
    }

    static func parse(_ message: String) -> RPCError { RPCError(-32700, "Parse error: " + message) }

    static func invalidRequest(_ message: String) -> RPCError { RPCError(-32600, "Invalid request: " + message) }

    static func invalidParams(_ message: String) -> RPCError { RPCError(-32602, "Invalid params: " + message) }

    static func unknownMethod(_ name: String) -> RPCError {
        RPCError(-32601, "Method not found: " + PercentEncoding.shown(name))
    }

    static func unknownTool(_ name: String) -> RPCError {
        RPCError(-32602, "Unknown tool: " + PercentEncoding.shown(name))
    }

    /// The same for a resource that is not there and one that the caller may not read.
    static func unknownResource(_ uri: String, _ revision: ProtocolRevision) -> RPCError {
        RPCError(revision.isStateless ? -32602 : -32002, "Resource not found", data: ["uri": .string(uri)])
    }

    static func inside(_ message: String) -> RPCError { RPCError(-32603, "Internal error: " + message) }

    static func headerMismatch(_ message: String) -> RPCError { RPCError(-32020, "Header mismatch: " + message) }

    static func unsupportedRevision(_ requested: String) -> RPCError {
        RPCError(
            -32022,
            "Unsupported protocol version",
            data: ["supported": ProtocolRevision.supported, "requested": .string(PercentEncoding.shown(requested))]
        )
    }

    /// The HTTP status that `2026-07-28` demands, or leaves open and the reference implementation sends.
    var status: Int { code == -32601 ? 404 : 400 }
}
