import RosterFleet
import RosterPublication
import Synchronization

/// A sink in memory.
final class MemorySink: BlobSink {
    let size: Int
    private let content = Mutex<[UInt8]>([])

    init(size: Int) { self.size = size }

    var bytes: [UInt8] { content.withLock { $0 } }

    func restart() throws(SourceProblem) { content.withLock { $0 = [] } }

    func write(_ bytes: [UInt8]) throws(SourceProblem) {
        let count = content.withLock { content in
            content += bytes
            return content.count
        }
        if count > size { throw SourceProblem(.content(.tooLarge), "more than \(size) bytes") }
    }
}
