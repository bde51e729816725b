import RosterHTTPClient
import RosterPublication

/// The stream of the changes of one key; one task reads it.
struct EtcdWatch: ~Copyable {
    private let body: any HTTPBody
    private let key: [UInt8]
    private var splitter = LineSplitter(limit: EtcdLimits.line)
    private var lines: ArraySlice<[UInt8]> = []
    /// The revision that the next change is after.
    private var revision: Int64

    init(_ body: any HTTPBody, key: [UInt8], from revision: Int64) {
        (self.body, self.key) = (body, key)
        self.revision = revision - 1
    }

    deinit { body.cancel() }

    /// Returns the next message; nil when the stream ended.
    mutating func next() async throws(EtcdFailure) -> EtcdWatchMessage? {
        while true {
            if let line = lines.popFirst() {
                let message: EtcdWatchMessage
                do throws(SourceProblem) {
                    message = try EtcdWatchMessage(line, key: key, after: revision)
                } catch { throw EtcdFailure(error) }
                if case .changed(let change) = message { revision = change.revision }
                return message
            }
            let part: [UInt8]?
            do throws(HTTPFailure) { part = try await body.next() } catch { throw EtcdFailure(error, EtcdLimits.watch) }
            guard let part else { return nil }
            do throws(LineSplitter.TooLong) { lines = try splitter.append(part)[...] } catch {
                throw EtcdFailure(.content(.tooLarge), "a line of the watch is too long")
            }
        }
    }
}
