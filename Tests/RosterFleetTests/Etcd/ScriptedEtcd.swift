import RosterBytes
import RosterHTTPClient
import RosterModel
import Synchronization

@testable import RosterFleet

/// Endpoints of etcd that answer as a test decides.
final class ScriptedEtcd: HTTPSender {
    /// A request: the number of its port, its path and its body.
    struct Request: Hashable, Sendable {
        var port: UInt16
        var path: String
        var body: String
        var token: String?
    }

    /// The answer to a request.
    enum Answer: Sendable {
        case json(String, status: Int = 200)
        case failure(HTTPFailure)
        /// Parts of a body that does not end, or that ends with a failure.
        case stream([String], end: HTTPFailure?)
    }

    let requests = Mutex<[Request]>([])
    private let answer: @Sendable (Request) -> Answer

    init(_ answer: @escaping @Sendable (Request) -> Answer) { self.answer = answer }

    func send(_ request: HTTPRequest, timing: HTTPTiming) async throws(HTTPFailure) -> HTTPResponse {
        let request = Request(
            port: request.origin.port,
            path: request.target,
            body: String(decoding: request.body, as: UTF8.self),
            token: request.fields.first { $0.name == "Authorization" }?.value
        )
        requests.withLock { $0.append(request) }
        switch answer(request) {
        case .json(let text, let status):
            return HTTPResponse(status: status, fields: [], body: Body([text], ends: true, nil))
        case .failure(let failure): throw failure
        case .stream(let parts, let end):
            return HTTPResponse(status: 200, fields: [], body: Body(parts, ends: false, end))
        }
    }

    /// A body of given parts.
    private final class Body: HTTPBody {
        private let parts: Mutex<[String]>
        private let ends: Bool
        private let failure: HTTPFailure?

        init(_ parts: [String], ends: Bool, _ failure: HTTPFailure?) {
            self.parts = Mutex(parts)
            (self.ends, self.failure) = (ends, failure)
        }

        func next() async throws(HTTPFailure) -> [UInt8]? {
            let part = parts.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            if let part { return Array(part.utf8) }
            if ends { return nil }
            if let failure { throw failure }
            // A silent stream, until the task is cancelled.
            try? await Task.sleep(for: .seconds(3600))
            throw .cancelled
        }

        func cancel() {}
    }

    // MARK: - The JSON of answers

    static func header(_ revision: Int64) -> String { #""header":{"revision":"\#(revision)"}"# }

    static func entry(_ value: String, _ revision: Int64, key: String = "p/main/manifest") -> String {
        let (key, value) = (
            CanonicalBase64.encode(Array(key.utf8).span), CanonicalBase64.encode(Array(value.utf8).span)
        )
        return #"{"key":"\#(key)","mod_revision":"\#(revision)","value":"\#(value)"}"#
    }

    /// The answer to a range with one key.
    static func range(_ value: String, _ revision: Int64, store: Int64? = nil) -> Answer {
        .json("{\(header(store ?? revision)),\"kvs\":[\(entry(value, revision))],\"count\":\"1\"}")
    }

    /// A line of a watch.
    static func event(_ value: String, _ revision: Int64) -> String {
        "{\"result\":{\(header(revision)),\"events\":[{\"kv\":\(entry(value, revision))}]}}\n"
    }

    static func created(_ revision: Int64) -> String { "{\"result\":{\(header(revision)),\"created\":true}}\n" }

    static func error(_ code: Int, _ message: String, status: Int) -> Answer {
        .json(#"{"error":"\#(message)","message":"\#(message)","code":\#(code)}"#, status: status)
    }
}

/// The events of a source, which a task collects.
final class CollectedEvents: Sendable {
    private let labels = Mutex<[String]>([])
    private let task: Mutex<Task<Void, Never>?> = Mutex(nil)

    init(of source: any PublicationSource, _ schedule: Schedule) {
        task.withLock {
            $0 = Task { [weak self] in
                for await event in source.events(schedule) {
                    guard let self else { return }
                    self.add(Self.label(event))
                }
            }
        }
    }

    deinit { task.withLock { $0?.cancel() } }

    /// The manifests as texts, and the labels of other events.
    var all: [String] { labels.withLock { $0 } }

    var last: String? { all.last }

    private func add(_ label: String) { labels.withLock { $0.append(label) } }

    static func label(_ event: SourceEvent) -> String {
        switch event {
        case .manifest(let bytes): String(decoding: bytes, as: UTF8.self)
        case .same: "same"
        case .failed(let problem): problem.reason.label
        }
    }
}

/// Schedules of tests.
enum EtcdSchedule {
    /// A schedule whose waits are over immediately, and between which other tasks run.
    static let immediate = scaled(by: 0.001)

    /// A schedule whose waits are never over.
    static let endless = scaled(by: 3600)

    /// Returns a schedule whose waits take a part of their time.
    static func scaled(
        by factor: Double,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) -> Schedule {
        Schedule(sleep: { wait in (try? await Task.sleep(for: wait * factor)) != nil }, random: random)
    }
}
