import RosterBytes
import RosterHTTPClient
import RosterModel
import Synchronization

/// A sender that answers requests by a function, and records them.
final class ScriptedSender: HTTPSender {
    /// An answer to a request.
    struct Answer: Sendable {
        var status = 200
        var fields: [(name: String, value: String)] = []
        /// The parts of the body.
        var parts: [[UInt8]] = []
        /// The failure after the parts; nil for a whole body.
        var failure: HTTPFailure?

        init(_ status: Int, _ fields: [(name: String, value: String)] = [], _ body: String = "") {
            (self.status, self.fields, parts) = (status, fields, [Array(body.utf8)])
        }

        init(
            _ status: Int,
            _ fields: [(name: String, value: String)] = [],
            parts: [[UInt8]],
            failure: HTTPFailure? = nil
        ) {
            (self.status, self.fields, self.parts, self.failure) = (status, fields, parts, failure)
        }
    }

    /// The script; the number of a request counts from 0.
    typealias Script = @Sendable (_ request: HTTPRequest, _ number: Int) throws(HTTPFailure) -> Answer

    private let script: Script
    private let recorded = Mutex<[HTTPRequest]>([])
    /// The times of the requests, in order.
    let timings = Mutex<[HTTPTiming]>([])
    /// The number of bytes of bodies that were read.
    let bytesRead = Mutex(0)

    init(_ script: @escaping Script) { self.script = script }

    var requests: [HTTPRequest] { recorded.withLock { $0 } }

    /// The methods and URLs of the requests, in order.
    var lines: [String] { requests.map { "\($0.method) \($0.origin)\($0.target)" } }

    func send(_ request: HTTPRequest, timing: HTTPTiming) async throws(HTTPFailure) -> HTTPResponse {
        let number = recorded.withLock { requests in
            requests.append(request)
            return requests.count - 1
        }
        timings.withLock { $0.append(timing) }
        let answer = try script(request, number)
        return HTTPResponse(status: answer.status, fields: answer.fields, body: Body(answer, self))
    }

    private final class Body: HTTPBody {
        private let rest: Mutex<(parts: [[UInt8]], isCancelled: Bool)>
        private let failure: HTTPFailure?
        private let sender: ScriptedSender

        init(_ answer: Answer, _ sender: ScriptedSender) {
            rest = Mutex((answer.parts.reversed(), false))
            (failure, self.sender) = (answer.failure, sender)
        }

        func next() async throws(HTTPFailure) -> [UInt8]? {
            let part = rest.withLock { $0.isCancelled ? nil : $0.parts.popLast() }
            if let part {
                sender.bytesRead.withLock { $0 += part.count }
                return part
            }
            if let failure { throw failure }
            return nil
        }

        func cancel() { rest.withLock { $0.isCancelled = true } }
    }
}

extension HTTPRequest {
    /// Returns the value of a field by its name in lower case.
    func field(_ name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }
}
