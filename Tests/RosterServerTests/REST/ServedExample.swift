import Foundation
import NIOCore
import NIOHTTP1
import RosterCompiler
import RosterEditing
import RosterModel
import RosterSources
import RosterTestSupport
import Testing

@testable import RosterServer

/// The example of this project, compiled and served in memory: requests go to the responder, without a socket.
struct ServedExample {
    let responder: HTTPResponder
    let limits: ServerLimits
    private let log: ScratchFolder
    private let logFile: FileHandle
    private let sink: LogSink

    /// Serves the example with the tokens of ``ServedRepository``, or open to everyone.
    ///
    /// `changes` replaces or adds files.
    init(
        isOpen: Bool = false,
        limits: ServerLimits = ServerLimits(),
        commit: String? = nil,
        changes: [String: String] = [:],
        publication: PublicationMonitor? = nil
    ) async throws {
        let snapshot: Snapshot
        if changes.isEmpty, commit == nil {
            snapshot = try await (isOpen ? Self.openSnapshot : Self.closedSnapshot).value
        } else {
            var files = try ServedRepository.files(isOpen: isOpen).filter { changes[$0.path] == nil }
            files += changes.map { ($0.key, Array($0.value.utf8)) }
            snapshot = try await Self.snapshot(of: files, commit: commit)
        }
        let store = SnapshotStore(mayBeOpen: true, publication: publication)
        try #require(store.swap(in: snapshot) == nil)
        responder = HTTPResponder(store: store, metrics: ServerMetrics())
        self.limits = limits
        log = try ScratchFolder()
        try log.write("log", "")
        logFile = try FileHandle(forWritingTo: URL(fileURLWithPath: log.path + "/log"))
        sink = LogSink(descriptor: logFile.fileDescriptor)
    }

    // Most tests change nothing, so they share what is compiled once.
    private static let openSnapshot = Task {
        try await snapshot(of: try ServedRepository.files(isOpen: true), commit: nil)
    }
    private static let closedSnapshot = Task {
        try await snapshot(of: try ServedRepository.files(isOpen: false), commit: nil)
    }

    private static func snapshot(
        of files: [(path: String, bytes: [UInt8])],
        commit: String?,
        previous: Snapshot? = nil
    ) async throws -> Snapshot {
        await Snapshot.prepare(
            try await loaded(files, commit: commit),
            at: Timestamp(secondsSince1970: date),
            previous: previous,
            concurrency: 2
        )
    }

    private static let date: Int64 = 1_764_000_000

    /// Returns the registry of files, as a source loads it.
    static func loaded(_ files: [(path: String, bytes: [UInt8])], commit: String?) async throws -> LoadedRegistry {
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_000)))
        let checked = try await compiler.analyze(MemoryTree(files))
        let history = TreeHistory(commit: commit, committedAt: commit.map { _ in date }, isDirty: false, dates: [:])
        let compiled = checked.registry(history: history)
        let registry = try #require(compiled, "\(checked.diagnostics)")
        return LoadedRegistry(registry: registry, models: checked.models, hasFileText: true) {
            Editor(checked, compiler: compiler, pathPrefix: "")
        }
    }

    /// Serves the example with other files, which `changes` replaces, adds or, with nil, removes.
    func swap(_ changes: [String: String?], commit: String? = nil) async throws {
        var files = try ServedRepository.files(isOpen: false).filter { !changes.keys.contains($0.path) }
        files += changes.compactMap { path, text in text.map { (path, Array($0.utf8)) } }
        let snapshot = try await Self.snapshot(of: files, commit: commit, previous: responder.store.snapshot)
        try #require(responder.store.swap(in: snapshot) == nil)
    }

    /// Opens a connection.
    ///
    /// Responses that need the compiler come from another thread, for which the connection does not wait:
    /// ``request(_:_:token:fields:body:type:)`` returns them.
    @ConnectionThread
    func connect() throws -> EmbeddedConnection { try EmbeddedConnection(responder, limits: limits, logTo: sink) }

    /// Returns the log of the connections that were flushed.
    func logged() throws -> String {
        sink.flush()
        return try log.read("log")
    }

    /// Returns the response to a request, without a connection.
    func request(
        _ method: String = "GET",
        _ target: String,
        token: String? = nil,
        fields: [String] = [],
        body: String? = nil,
        type: String? = "application/json"
    ) async throws -> HTTPAnswer {
        var headers = HTTPHeaders([("Host", "127.0.0.1:4100")])
        if let token { headers.add(name: "Authorization", value: "Bearer \(token)") }
        for field in fields {
            let parts = field.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            headers.add(name: String(parts[0]), value: parts[1].trimmingCharacters(in: .whitespaces))
        }
        if body != nil, let type { headers.add(name: "Content-Type", value: type) }
        let seconds = Int64(Date().timeIntervalSince1970)
        let head = Request(
            HTTPRequestHead(version: .http1_1, method: HTTPMethod(rawValue: method), uri: target, headers: headers),
            time: Timestamp(secondsSince1970: seconds)
        ) {
            RequestID(number: UInt64.random(in: .min ... .max))
        }
        let request = body.map { Request(head, body: ByteBuffer(string: $0)) } ?? head
        let response =
            switch responder.outcome(of: request) {
            case .ready(let response), .wait(let response), .stream(let response): response
            case .later(let work): await work()
            }
        var (writer, bytes) = (ResponseWriter(), ByteBuffer())
        writer.write(response, requestID: request.id, connection: .staysOpen, at: seconds, to: &bytes)
        var parser = HTTPAnswerParser()
        parser.append(bytes.readableBytesView)
        return try #require(try parser.next(isToHead: method == "HEAD"))
    }

    static let list = "/api/v1/ai-providers"

    static func item(_ id: String) -> String { list + "/" + id }
}
