import RosterBytes
import RosterJSON
import RosterModel

/// The stdio transport: the messages of one client, a line each, and the responses.
package struct MCPStdioTransport {
    /// The number of bytes above which a line is rejected.
    package static let lineLimit = ServerLimits().bodyBytes

    private let service: MCPService
    private var registry: LiveRegistry
    /// The revision that `initialize` agreed on; nil before it.
    private var agreed: ProtocolRevision?

    /// Creates a transport for a registry whose files `writer` changes.
    package init(about registry: LiveRegistry, writer: EditWriter) {
        self.registry = registry
        service = MCPService(writer: writer)
    }

    /// Returns the response to a line, without a line end; nil when there is none.
    package mutating func answer(to line: [UInt8]) async -> [UInt8]? {
        guard line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { return nil }
        let value: JSONValue
        do {
            value = try JSONReader.read(utf8: line)
        } catch {
            return Self.refusal(.parse("\(PercentEncoding.shown(error.message)), after \(error.offset) bytes"))
        }
        if case .array(let values) = value {
            if let problem = MCPBatch.problem(with: values, in: agreed) { return Self.refusal(problem) }
            var transport = self
            let answers = await MCPBatch.answers(to: values) { await transport.answer(to: $0, in: .march2025) }
            self = transport
            return answers
        }
        do throws(RPCMessage.Problem) {
            guard case .request(let request) = try RPCMessage(value) else { return nil }
            return await answer(to: request)
        } catch {
            return Self.refusal(error.error, id: error.id)
        }
    }

    /// The response to a line above the limit, whose content is unknown.
    package static var answerToTooLong: [UInt8] {
        refusal(.invalidRequest("a message has at most \(lineLimit) bytes"))
    }

    private static func refusal(_ error: RPCError, id: RPCID? = nil) -> [UInt8] {
        RPCResponse.error(error).encoded(for: id, .july2026)
    }

    private mutating func answer(to request: RPCRequest) async -> [UInt8] {
        do throws(RPCError) {
            let revision = try revision(of: request)
            return await answer(to: request, in: revision).encoded(for: request.id, revision)
        } catch {
            return Self.refusal(error, id: request.id)
        }
    }

    private mutating func answer(to request: RPCRequest, in revision: ProtocolRevision) async -> RPCResponse {
        do throws(RPCError) {
            let method = try service.method(of: request, in: revision)
            guard method.needsRecords else { return try service.answer(to: request, method) }
            if method == .callTool, try RegistryCheck.isCalled(by: request) {
                return .result(await registryCheck(request))
            }
            let (caller, snapshot): (Caller, Snapshot)
            do throws(Problem) {
                (caller, snapshot) = try await registry.current()
            } catch {
                guard method == .callTool else { return .error(.inside(error.detail)) }
                return .result(ToolResult.failure(error))
            }
            return try await service.answer(to: request, method, in: revision, caller, snapshot)
        } catch {
            return .error(error)
        }
    }

    private mutating func registryCheck(_ request: RPCRequest) async -> RPCResult {
        do throws(Problem) {
            try RegistryCheck.checkArguments(of: request)
            return RegistryCheck.result(of: try await registry.diagnosis())
        } catch {
            return ToolResult.failure(error)
        }
    }

    /// Returns the revision of a request: its own, or the one that was agreed on.
    private mutating func revision(of request: RPCRequest) throws(RPCError) -> ProtocolRevision {
        if let named = try RequestMeta.revision(of: request) {
            guard let revision = ProtocolRevision(rawValue: named) else { throw .unsupportedRevision(named) }
            if revision.isStateless { try RequestMeta.check(request) }
            return revision
        }
        switch request.method {
        case MCPMethod.initialize.rawValue:
            let revision = try MCPService.negotiatedRevision(request)
            agreed = revision
            return revision
        case MCPMethod.ping.rawValue: return agreed ?? .latestHandshake
        default:
            guard let agreed else { throw RequestMeta.missing(RequestMeta.revisionKey) }
            return agreed
        }
    }
}
