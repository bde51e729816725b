import RosterCompiler
import RosterDiagnostics
import RosterJSON
import RosterModel

/// A response to a request.
enum RPCResponse: Sendable {
    case result(RPCResult)
    case error(RPCError)

    /// Returns the message, on one line.
    func encoded(for id: RPCID?, _ revision: ProtocolRevision) -> [UInt8] {
        var json = JSONWriter(.compact)
        json.object { json in
            json.name("jsonrpc")
            json.string("2.0")
            if let id {
                json.name("id")
                json.value(id.value)
            }
            switch self {
            case .result(let result):
                json.name("result")
                result.write(to: &json, revision)
            case .error(let error):
                json.name("error")
                error.write(to: &json)
            }
        }
        return json.bytes
    }
}

extension RPCError {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.name("code")
            json.integer(code)
            json.name("message")
            json.string(message)
            guard let data else { return }
            json.name("data")
            json.value(data)
        }
    }
}

/// A result: its members, and those that a revision adds.
struct RPCResult: Sendable {
    /// The caching of a result by clients, since `2026-07-28`.
    struct CacheHint: Sendable {
        var milliseconds: Int
        var isPublic: Bool

        /// The hint of a result that is the same for all callers, and changes only with the program.
        static let fixed = CacheHint(milliseconds: 300_000, isPublic: true)
        /// The hint of a result that depends on the token and the current files.
        static let ofCaller = CacheHint(milliseconds: 0, isPublic: false)
    }

    var cacheHint: CacheHint?
    var writeMembers: @Sendable (inout JSONWriter) -> Void

    init(_ cacheHint: CacheHint? = nil, _ writeMembers: @escaping @Sendable (inout JSONWriter) -> Void) {
        (self.cacheHint, self.writeMembers) = (cacheHint, writeMembers)
    }

    fileprivate func write(to json: inout JSONWriter, _ revision: ProtocolRevision) {
        json.object { json in
            guard revision.isStateless else { return writeMembers(&json) }
            json.name("resultType")
            json.string("complete")
            writeMembers(&json)
            if let cacheHint {
                json.name("ttlMs")
                json.integer(cacheHint.milliseconds)
                json.name("cacheScope")
                json.string(cacheHint.isPublic ? "public" : "private")
            }
            json.name("_meta")
            json.object { json in
                json.name("io.modelcontextprotocol/serverInfo")
                json.value(MCPService.serverInfo)
            }
        }
    }
}
