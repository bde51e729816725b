import NIOCore
import NIOHTTP1
import RosterBytes
import RosterCompiler
import RosterEditing
import RosterJSON
import RosterModel
import RosterSources
import SealedBoxes
import Testing

@testable import RosterServer

/// A responder with a registry in memory, and a client of it that writes its own messages.
struct ResponderFixture {
    let responder: HTTPResponder

    /// Serves files; `token` may do everything, `reader` list and get but the provider `acme/hidden`.
    init(providers count: Int = 2, isOpen: Bool = true, extra: [(path: String, text: String)] = []) async throws {
        var roster = """
            roster: 1
            projects:
              acme:
                id: proj_V1StGXR8Z5jdHi6B
                name: Acme
              globex:
                id: proj_V1StGXR8Z5jdHi6C
                name: Globex

            """
        if !isOpen { roster += Self.access }
        var files = [
            ("roster.yaml", roster), ("providers/acme/hidden.yaml", Self.provider("hiddenhiddenhidd", "Hidden")),
        ]
        for number in 0..<count {
            let id = "n" + String(repeating: "0", count: 15 - String(number).count) + String(number)
            files.append(("providers/acme/p\(number).yaml", Self.provider(id, "Provider \(number)")))
        }
        files.append(("providers/globex/other.yaml", Self.provider("otherotherothero", "Other")))
        files += extra.map { ($0.path, $0.text) }
        self = try await Self.serving(files.map { ($0.0, Array($0.1.utf8)) }).fixture
    }

    init(_ responder: HTTPResponder) { self.responder = responder }

    /// Serves the files of a registry.
    static func serving(
        _ files: [(path: String, bytes: [UInt8])]
    ) async throws -> (fixture: ResponderFixture, registry: Registry) {
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_000)))
        let checked = try await compiler.analyze(MemoryTree(files.map { ($0.path, $0.bytes) }))
        let registry = try #require(checked.registry(history: .modificationTimes), "\(checked.diagnostics)")
        let loaded = LoadedRegistry(
            registry: registry,
            models: checked.models,
            noticeDays: checked.noticeDays,
            hasFileText: true
        ) {
            Editor(checked, compiler: compiler, pathPrefix: "")
        }
        let store = SnapshotStore(mayBeOpen: true)
        let snapshot = await Snapshot.prepare(
            loaded,
            at: Timestamp(secondsSince1970: 0),
            previous: nil,
            concurrency: 2
        )
        try #require(store.swap(in: snapshot) == nil)
        return (ResponderFixture(HTTPResponder(store: store, metrics: ServerMetrics())), registry)
    }

    static func provider(_ id: String, _ name: String) -> String {
        "id: aip_\(id)\nname: \(name)\nprovider: ollama\ndefaultModel: llama3.2\n"
    }

    static let hidden = "aip_hiddenhiddenhidd"
    static let first = "aip_n000000000000000"
    static let admin = "sk_" + String(repeating: "a", count: 43)
    static let reader = "sk_" + String(repeating: "b", count: 43)
    static let expired = "sk_" + String(repeating: "c", count: 43)

    private static func hash(_ token: String) -> String { Digest.blake2b256(of: Array(token.utf8).span).hex }

    /// The hash of ``reader``.
    static var hashOfReader: String { hash(reader) }

    private static var access: String {
        """
        access:
          policies:
            all:
              - effect: Allow
                action: ["*"]
                resource: ["*"]
            readers:
              - effect: Allow
                action: [aiProviders:ListAiProviders, aiProviders:GetAiProvider]
                resource: ["acme/*"]
              - effect: Deny
                action: [aiProviders:ListAiProviders, aiProviders:GetAiProvider]
                resource: ["acme/hidden"]
          tokens:
            - {id: key_aaaaaaaaaaaaaaaa, name: a, hash: "\(hash(admin))", policies: [all]}
            - {id: key_bbbbbbbbbbbbbbbb, name: b, hash: "\(hash(reader))", policies: [readers]}
            - {id: key_cccccccccccccccc, name: c, hash: "\(hash(expired))", policies: [all], expires: 2020-01-01}

        """
    }

    /// A response.
    struct Answer {
        var status: Int
        var head: String
        var body: [UInt8]

        var json: JSONValue { get throws { try JSONReader.read(utf8: body) } }
        var text: String { String(decoding: body, as: UTF8.self) }
        var result: JSONObject { get throws { try #require(try json.object?["result"]?.object, "\(text)") } }
        var error: JSONObject { get throws { try #require(try json.object?["error"]?.object, "\(text)") } }
        var code: JSONValue? { get throws { try error["code"] } }
    }

    /// Sends a request of any kind.
    func send(
        _ method: HTTPMethod = .POST,
        _ path: String = "/mcp",
        _ body: String? = nil,
        _ fields: [(String, String)] = [],
        token: String? = nil
    ) async throws -> Answer {
        var headers = HTTPHeaders([("Host", "localhost"), ("Content-Type", "application/json")])
        if let token { headers.add(name: "Authorization", value: "Bearer " + token) }
        for (name, value) in fields {
            if name == "Content-Type" { headers.remove(name: name) }
            headers.add(name: name, value: value)
        }
        let head = Request(
            HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers),
            time: Timestamp(secondsSince1970: 1_780_000_000)
        ) {
            RequestID(number: 1)
        }
        let request = body.map { Request(head, body: ByteBuffer(string: $0)) } ?? head
        let response: Response
        switch responder.outcome(of: request) {
        case .ready(let ready), .wait(let ready), .stream(let ready): response = ready
        case .later(let work): response = await work()
        }
        let bytes = response.encoded.bytes
        return Answer(
            status: response.status,
            head: String(decoding: bytes.readableBytesView.prefix(response.encoded.headLength), as: UTF8.self),
            body: Array(response.encoded.body)
        )
    }

    /// Sends a request as a client of a revision does; with the revision `2026-07-28` its headers and `_meta` too.
    func call(
        _ method: String,
        _ parameters: String = "",
        _ revision: ProtocolRevision = .july2026,
        id: String = "1",
        token: String? = nil
    ) async throws -> Answer {
        var fields = [("MCP-Protocol-Version", revision.rawValue)]
        var members = parameters.isEmpty ? [] : [parameters]
        if revision.isStateless {
            members.append(Self.meta)
            fields.append(("Mcp-Method", method))
            let object = try JSONReader.read("{\(parameters)}").object
            if let name = MCPMethod(rawValue: method)?.mirroredParameter, let value = object?[name]?.string {
                fields.append(("Mcp-Name", value))
            }
        }
        let params = members.joined(separator: ",")
        return try await send(.POST, "/mcp", Self.message(method, "{\(params)}", id: id), fields, token: token)
    }

    static func message(_ method: String, _ params: String?, id: String? = "1") -> String {
        "{\"jsonrpc\":\"2.0\"," + (id.map { "\"id\":\($0)," } ?? "") + "\"method\":\"\(method)\""
            + (params.map { ",\"params\":\($0)" } ?? "") + "}"
    }

    static let meta = """
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}
        """

    /// Calls a tool and returns its result.
    func tool(
        _ name: String,
        _ arguments: String,
        _ revision: ProtocolRevision = .july2026,
        token: String? = nil
    ) async throws -> JSONObject {
        let parameters = "\"name\":\"\(name)\",\"arguments\":{\(arguments)}"
        let answer = try await call("tools/call", parameters, revision, token: token)
        #expect(answer.status == 200)
        return try answer.result
    }
}

extension JSONObject {
    /// The texts of a tool's result.
    var texts: [String] {
        guard case .array(let blocks)? = self["content"] else { return [] }
        return blocks.compactMap { $0.object?["text"]?.string }
    }

    var isFailure: Bool { self["isError"] == .boolean(true) }
}
