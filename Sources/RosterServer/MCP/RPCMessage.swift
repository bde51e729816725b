import RosterJSON
import RosterModel

/// A message of a client: JSON-RPC 2.0, as MCP narrows it.
enum RPCMessage: Sendable {
    case request(RPCRequest)
    case notification
    /// A response to a request, which this server never sends.
    case response

    /// The reason for which input is not a message, and the id for the error response.
    struct Problem: Error, Sendable {
        var id: RPCID?
        var error: RPCError
    }

    /// Reads a message.
    init(_ value: JSONValue) throws(Problem) {
        guard let object = value.object else {
            throw Problem(error: .invalidRequest("a message is a JSON object"))
        }
        let idValue = object["id"]
        let id = idValue.flatMap { RPCID($0) }
        guard object["jsonrpc"] == .string("2.0") else {
            throw Problem(id: id, error: .invalidRequest("\"jsonrpc\" must be \"2.0\""))
        }
        guard idValue == nil || id != nil else {
            throw Problem(error: .invalidRequest("\"id\" must be a text or a whole number"))
        }
        guard let method = object["method"] else {
            guard object["result"] != nil || object["error"] != nil else {
                throw Problem(id: id, error: .invalidRequest("\"method\" is missing"))
            }
            self = .response
            return
        }
        guard let method = method.string else {
            throw Problem(id: id, error: .invalidRequest("\"method\" must be a text"))
        }
        guard let id else {
            self = .notification
            return
        }
        self = .request(RPCRequest(id: id, method: method, parameters: object["params"]))
    }
}

/// A request that is to be answered.
struct RPCRequest: Sendable {
    var id: RPCID
    var method: String
    /// As they came; only an object is right.
    var parameters: JSONValue?

    /// A member of the parameters; nil when there is none.
    subscript(name: String) -> JSONValue? { parameters?.object?[name] }

    /// A member of the parameters that must be a text.
    func text(_ name: String) throws(RPCError) -> String {
        guard let value = self[name] else { throw .invalidParams("\"\(name)\" is missing") }
        guard let text = value.string else { throw .invalidParams("\"\(name)\" must be a text") }
        return text
    }

    /// A member of the parameters that must be an object where it is there.
    func object(_ name: String) throws(RPCError) -> JSONObject? {
        guard let value = self[name] else { return nil }
        guard let object = value.object else { throw .invalidParams("\"\(name)\" must be an object") }
        return object
    }
}

/// The id that a client gave to a request: a string or an integer, and never null.
struct RPCID: Sendable, Hashable {
    let value: JSONValue

    /// Takes over what may be an id; JSON has no other whole numbers than numbers without a fraction.
    init?(_ value: JSONValue) {
        switch value {
        case .string, .integer: break
        case .float(let number): guard number.rounded() == number else { return nil }
        default: return nil
        }
        self.value = value
    }
}
