import NIOCore
import NIOHTTP1
import RosterBytes
import RosterJSON
import RosterModel

/// `POST /mcp`: a message, or in the oldest revision a batch of messages, and the response.
struct MCPEndpoint: Sendable {
    private let service = MCPService(writer: nil)

    /// Returns the outcome of a request.
    func outcome(of request: Request, _ snapshot: Snapshot?) throws(Problem) -> Outcome {
        if let origin = request.fields.origin, !OpenServerGuard.isLocalOrigin(origin) {
            throw .forbidden("pages of another origin are not allowed here")
        }
        guard request.method == .POST else { throw .wrongMethod(allowed: "POST") }
        guard let snapshot else { throw .notReady }
        guard let caller = snapshot.access.caller(request.fields.authorization, today: CalendarDate(of: request.time))
        else { throw .unauthorized }
        try Self.checkTypes(request.fields)
        let transport = MCPHTTPTransport(request, caller, snapshot, service)
        guard let body = request.body, body.readableBytes > Self.longBody else {
            return Self.outcome(of: request.body, transport)
        }
        // Parsing it takes too long for an event loop.
        return .later {
            switch Self.outcome(of: body, transport) {
            case .ready(let response), .wait(let response), .stream(let response): response
            case .later(let work): await work()
            }
        }
    }

    /// The number of bytes above which a body is parsed on another thread.
    private static let longBody = 16 * 1024

    /// Returns the outcome of a body.
    private static func outcome(of body: ByteBuffer?, _ transport: MCPHTTPTransport) -> Outcome {
        let value: JSONValue
        do {
            value = try JSONReader.read(utf8: body.map { Array($0.readableBytesView) } ?? [])
        } catch {
            return transport.refusal(.parse("\(PercentEncoding.shown(error.message)), after \(error.offset) bytes"))
        }
        if case .array(let messages) = value { return transport.outcome(of: messages) }
        let message: RPCMessage
        do throws(RPCMessage.Problem) {
            message = try RPCMessage(value)
        } catch {
            return transport.refusal(error.error, id: error.id)
        }
        switch message {
        case .request(let request): return transport.outcome(of: request)
        case .notification, .response: return transport.outcomeOfUnanswered(message)
        }
    }

    private static func checkTypes(_ fields: RequestFields) throws(Problem) {
        let type = (fields.contentType ?? "").prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
        guard type == "application/json" else {
            throw Problem(
                415,
                "unsupported-media-type",
                "The body is of another type",
                "send a message as Content-Type: application/json"
            )
        }
        let accepted = fields.values(of: "Accept").flatMap { $0.split(separator: ",") }.map { range in
            range.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
        }
        guard accepted.isEmpty || accepted.contains(where: ["application/json", "application/*", "*/*"].contains) else {
            throw Problem(
                406,
                "not-acceptable",
                "The answer is of another type",
                "answers are application/json: send Accept: application/json, text/event-stream"
            )
        }
    }
}
