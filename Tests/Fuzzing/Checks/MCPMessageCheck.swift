import RosterJSON
import RosterModel
@testable import RosterServer

/// Every line that a client sends has one answer at most, a JSON-RPC message on one line.
struct MCPMessageCheck: Sendable {
    private let registry: ServedRegistry

    init() async throws { registry = try await ServedRegistry() }

    func check(_ input: [UInt8]) async throws {
        let now = Timestamp(secondsSince1970: 1_780_000_000)
        let live = LiveRegistry(registry, token: nil, concurrency: 1, now: { now }, words: { "\($0)" }) {
            throw FuzzFailure(description: "no files to check")
        }
        var transport = MCPStdioTransport(about: live, writer: EditWriter { _ in })
        for line in input.split(separator: UInt8(ascii: "\n")).prefix(8) {
            guard let answer = await transport.answer(to: Array(line)) else { continue }
            try require(!answer.contains(UInt8(ascii: "\n")), "an answer has several lines")
            let value: JSONValue
            do {
                value = try JSONReader.read(utf8: answer)
            } catch {
                throw FuzzFailure(description: "an answer is not JSON: \(error)")
            }
            let messages: [JSONValue] = if case .array(let values) = value { values } else { [value] }
            for message in messages {
                let object = message.object
                try require(object?["jsonrpc"] == .string("2.0"), "an answer is not JSON-RPC 2.0")
                let hasOne = (object?["result"] == nil) != (object?["error"] == nil)
                try require(hasOne, "an answer has not exactly one of result and error")
            }
        }
    }
}
