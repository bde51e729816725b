import RosterBytes
import RosterJSON
import RosterModel
import SealedBoxes

/// The header fields in which a client repeats parts of its message, so that proxies need not parse the body.
struct MirroredHeaders {
    private let fields: RequestFields

    init(_ fields: RequestFields) { self.fields = fields }

    /// Returns the revision of a request.
    ///
    /// - Throws: ``RPCError`` when header and message differ, or name an unsupported revision.
    func revision(of request: RPCRequest) throws(RPCError) -> ProtocolRevision {
        let inMessage = try RequestMeta.revision(of: request)
        // A handshake has the revision in its parameters, and precedes the agreement on the header.
        if request.method == MCPMethod.initialize.rawValue, inMessage == nil { return .latestHandshake }
        let inHeader = try value("MCP-Protocol-Version")
        if let inMessage {
            guard let inHeader else { throw .headerMismatch("MCP-Protocol-Version is missing") }
            guard inHeader.equalsInBytes(inMessage) else {
                throw .headerMismatch("MCP-Protocol-Version differs from _meta")
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

    /// Returns the revision of a batch, or of a message without a response.
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
        // A missing parameter is reported when the parameters are read.
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

    /// Returns the value of a field that may appear once.
    private func value(_ name: String) throws(RPCError) -> String? {
        let values = fields.values(of: name)
        guard values.count <= 1 else { throw .headerMismatch("\(name) appears more than once") }
        return values.first
    }

    /// Returns the text of a value: the value itself, or the content of `=?base64?…?=`.
    private static func decoded(_ value: String) -> String? {
        let (start, end) = ("=?base64?", "?=")
        guard value.hasPrefix(start), value.hasSuffix(end), value.utf8.count >= start.utf8.count + end.utf8.count
        else { return value.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x09 } ? value : nil }
        let payload = Array(value.utf8.dropFirst(start.utf8.count).dropLast(end.utf8.count))
        guard let bytes = CanonicalBase64.decode(payload.span) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
