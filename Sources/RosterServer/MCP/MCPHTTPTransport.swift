import NIOCore
import RosterJSON
import RosterModel

/// The HTTP transport: one request with a message in its body, and the response.
struct MCPHTTPTransport: Sendable {
    private let headers: MirroredHeaders
    private let caller: Caller
    private let snapshot: Snapshot
    private let service: MCPService
    private let acceptsGzip: Bool

    init(_ request: Request, _ caller: Caller, _ snapshot: Snapshot, _ service: MCPService) {
        headers = MirroredHeaders(request.fields)
        acceptsGzip = ContentCoding.acceptsGzip(request.fields.acceptEncoding)
        (self.caller, self.snapshot, self.service) = (caller, snapshot, service)
    }

    /// Returns the outcome of a message that needs a response.
    func outcome(of request: RPCRequest) -> Outcome {
        let revision: ProtocolRevision
        do throws(RPCError) {
            revision = try headers.revision(of: request)
        } catch {
            return refusal(error, id: request.id)
        }
        do throws(RPCError) {
            let method = try service.method(of: request, in: revision)
            if !method.needsRecords {
                return .ready(response(try service.answer(to: request, method), to: request, revision))
            }
        } catch {
            return .ready(response(.error(error), to: request, revision))
        }
        // There can be many records, too many to encode on an event loop.
        return .later { response(await answer(to: request, revision), to: request, revision) }
    }

    private func answer(to request: RPCRequest, _ revision: ProtocolRevision) async -> RPCResponse {
        do throws(RPCError) {
            let method = try service.method(of: request, in: revision)
            return try await service.answer(to: request, method, in: revision, caller, snapshot)
        } catch {
            return .error(error)
        }
    }

    /// Returns the outcome of a message without a response: it is accepted, and has no meaning for a stateless server.
    func outcomeOfUnanswered(_ message: RPCMessage) -> Outcome {
        do throws(RPCError) {
            let revision = try headers.revision()
            if case .response = message, revision.isStateless {
                throw .invalidRequest("a client of this revision sends no responses")
            }
        } catch {
            return refusal(error)
        }
        return .ready(accepted)
    }

    /// Returns the outcome of a batch of messages.
    func outcome(of messages: [JSONValue]) -> Outcome {
        do throws(RPCError) {
            if let problem = MCPBatch.problem(with: messages, in: try headers.revision()) { throw problem }
        } catch {
            return refusal(error)
        }
        return .later {
            let answers = await MCPBatch.answers(to: messages) { await answer(to: $0, .march2025) }
            return answers.map { response(200, $0) } ?? accepted
        }
    }

    /// Returns the response to input that is not a message.
    func refusal(_ error: RPCError, id: RPCID? = nil) -> Outcome {
        .ready(response(error.status, RPCResponse.error(error).encoded(for: id, .july2026)))
    }

    private func response(_ answer: RPCResponse, to request: RPCRequest, _ revision: ProtocolRevision) -> Response {
        var status = 200
        // In the revisions with a handshake, errors have status 200, and 404 means a lost session.
        if case .error(let error) = answer, revision.isStateless { status = error.status }
        return response(status, answer.encoded(for: request.id, revision))
    }

    private static let fields = ResponseFields([
        "Cache-Control": "no-store", "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff",
    ])

    private func response(_ status: Int, _ body: [UInt8]) -> Response {
        let plain = EncodedResponse(body, type: "application/json", fields: Self.fields, tag: nil)
        var encoded = plain
        if acceptsGzip, body.count > ContentCoding.threshold {
            encoded = ContentCoding.gzip(plain, type: "application/json", fields: Self.fields) ?? plain
        }
        var response = Response(status, encoded)
        response.tokenID = caller.tokenID
        return response
    }

    /// The response 202, which has no body and so no content type.
    private var accepted: Response {
        var bytes = ByteBuffer(bytes: Self.fields.bytes)
        bytes.writeStaticString("Content-Length: 0\r\n\r\n")
        let length = bytes.readableBytes
        var response = Response(
            202,
            EncodedResponse(fields: ByteBuffer(), bytes: bytes, commonLength: length, headLength: length, tag: nil)
        )
        response.tokenID = caller.tokenID
        return response
    }
}
