import NIOHTTP1
import RosterBytes
import RosterJSON
import RosterModel
import SealedBoxes

/// The header fields in which a client repeats parts of its message, so that others need not read the body.
struct MirroredHeaders {
    private let headers: HTTPHeaders

    init(_ fields: RequestFields) { headers = fields.all }

    /// The revision that a request is made in.
    ///
    /// - Throws: ``RPCError`` when header and message differ, or say a revision that is not spoken.
    func revision(of request: RPCRequest) throws(RPCError) -> ProtocolRevision {
        let inMessage = try RequestMeta.revision(of: request)
        // A handshake says its revision in its own parameters, and comes before the header is agreed on.
        if request.method == MCPMethod.initialize.rawValue, inMessage == nil { return .latestHandshake }
        let inHeader = try value("MCP-Protocol-Version")
        if let inMessage {
            guard let inHeader else { throw .headerMismatch("MCP-Protocol-Version is missing") }
            guard inHeader.equalsInBytes(inMessage) else {
                throw .headerMismatch("MCP-Protocol-Version is not what _meta says")
            }
        }
        // Until 2025-06-18 there was no such header.
        guard let named = inHeader else { return .march2025 }
        guard let revision = ProtocolRevision(rawValue: named) else { throw .unsupportedRevision(named) }
        if revision.isStateless {
            try RequestMeta.check(request)
            try check(request)
        }
        return revision
    }

    /// The revision of messages that come as one array, or that nobody answers.
    func revision() throws(RPCError) -> ProtocolRevision {
        guard let named = try value("MCP-Protocol-Version") else { return .march2025 }
        guard let revision = ProtocolRevision(rawValue: named) else { throw .unsupportedRevision(named) }
        return revision
    }

    /// Holds `Mcp-Method` and `Mcp-Name` against the message.
    private func check(_ request: RPCRequest) throws(RPCError) {
        guard let method = try value("Mcp-Method") else { throw .headerMismatch("Mcp-Method is missing") }
        guard method.equalsInBytes(request.method) else {
            throw .headerMismatch("Mcp-Method is not the message's method")
        }
        guard let parameter = MCPMethod(rawValue: method)?.mirroredParameter else { return }
        let field = try value("Mcp-Name")
        // Without a text to repeat it is the parameter that is missing, which is told once parameters are read.
        guard let value = request[parameter]?.string else {
            if field != nil { throw .headerMismatch("Mcp-Name is not the message's \"\(parameter)\"") }
            return
        }
        guard let field else { throw .headerMismatch("Mcp-Name is missing") }
        guard let name = Self.decoded(field) else { throw .headerMismatch("Mcp-Name cannot be decoded") }
        guard name.equalsInBytes(value) else {
            throw .headerMismatch("Mcp-Name is not the message's \"\(parameter)\"")
        }
    }

    /// The value of a field that may stand once.
    private func value(_ name: String) throws(RPCError) -> String? {
        let values = headers[name]
        guard values.count <= 1 else { throw .headerMismatch("\(name) stands more than once") }
        return values.first?.withoutPadding
    }

    /// What a value stands for: itself, or what `=?base64?…?=` holds.
    private static func decoded(_ value: String) -> String? {
        let (start, end) = ("=?base64?", "?=")
        guard value.hasPrefix(start), value.hasSuffix(end), value.utf8.count >= start.utf8.count + end.utf8.count
        else { return value.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x09 } ? value : nil }
        let payload = Array(value.utf8.dropFirst(start.utf8.count).dropLast(end.utf8.count))
        guard let bytes = CanonicalBase64.decode(payload.span) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
