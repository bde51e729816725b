import RosterJSON
import RosterModel

/// Several messages as one array: JSON-RPC 2.0, section 6, which only `2025-03-26` took over.
enum MCPBatch {
    /// More messages at once are none that anybody waits for, and each list among the answers can be long.
    private static let limit = 50
    /// Bytes of answers behind which no further message is worked on.
    private static let budget = 4 * 1024 * 1024

    /// Why an array is not taken as a whole; nil when it is.
    static func problem(with values: [JSONValue], in revision: ProtocolRevision?) -> RPCError? {
        guard revision?.hasBatches ?? false else { return .invalidRequest("this revision takes one message at a time") }
        guard !values.isEmpty else { return .invalidRequest("there is no message in the array") }
        return values.count <= limit ? nil : .invalidRequest("an array has at most \(limit) messages")
    }

    /// The array of the answers, in the order of the messages; nil when there is nothing to answer.
    static func answers(to values: [JSONValue], answer: (RPCRequest) async -> RPCAnswer) async -> [UInt8]? {
        var answers: [[UInt8]] = []
        var length = 0
        for value in values {
            do throws(RPCMessage.Problem) {
                guard case .request(let request) = try RPCMessage(value) else { continue }
                guard request.method != MCPMethod.initialize.rawValue else {
                    throw RPCMessage.Problem(id: request.id, error: .invalidRequest("initialize stands alone"))
                }
                guard length <= budget else {
                    throw RPCMessage.Problem(id: request.id, error: .inside("the answers before are too long together"))
                }
                answers.append(await answer(request).encoded(for: request.id, .march2025))
            } catch {
                answers.append(RPCAnswer.error(error.error).encoded(for: error.id, .march2025))
            }
            length += answers[answers.count - 1].count
        }
        guard !answers.isEmpty else { return nil }
        return [UInt8(ascii: "[")] + answers.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
    }
}
