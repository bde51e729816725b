import RosterJSON
import RosterModel

/// A batch of messages in one array: JSON-RPC 2.0, section 6, which only the revision `2025-03-26` adopted.
enum MCPBatch {
    /// The number of messages in a batch; each of their responses can be a long list.
    private static let limit = 50
    /// The number of bytes of responses after which no further message is processed.
    private static let budget = 4 * 1024 * 1024

    /// Returns the error with which a batch is rejected as a whole; nil when it is accepted.
    static func problem(with values: [JSONValue], in revision: ProtocolRevision?) -> RPCError? {
        guard revision?.hasBatches ?? false else { return .invalidRequest("this revision takes one message at a time") }
        guard !values.isEmpty else { return .invalidRequest("there is no message in the array") }
        return values.count <= limit ? nil : .invalidRequest("an array has at most \(limit) messages")
    }

    /// Returns the array of the responses, in the order of the messages; nil when no message needs a response.
    static func answers(to values: [JSONValue], answer: (RPCRequest) async -> RPCResponse) async -> [UInt8]? {
        var answers: [[UInt8]] = []
        var length = 0
        for value in values {
            do throws(RPCMessage.Problem) {
                guard case .request(let request) = try RPCMessage(value) else { continue }
                guard request.method != MCPMethod.initialize.rawValue else {
                    throw RPCMessage.Problem(
                        id: request.id,
                        error: .invalidRequest("initialize is not allowed in a batch")
                    )
                }
                guard length <= budget else {
                    throw RPCMessage.Problem(
                        id: request.id,
                        error: .inside("the preceding responses are too long together")
                    )
                }
                answers.append(await answer(request).encoded(for: request.id, .march2025))
            } catch {
                answers.append(RPCResponse.error(error.error).encoded(for: error.id, .march2025))
            }
            length += answers[answers.count - 1].count
        }
        guard !answers.isEmpty else { return nil }
        return [UInt8(ascii: "[")] + answers.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
    }
}
