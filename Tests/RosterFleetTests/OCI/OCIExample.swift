import RosterBytes
import RosterModel
import RosterPublication
import RosterTestSupport
import SealedBoxes
import Synchronization
import Testing

@testable import RosterFleet

/// Publications and addresses for the tests of registries.
enum OCIExample {
    static let repository = "acme/llm-registry"

    static func reference(
        _ text: String = "oci://registry.example.com/acme/llm-registry",
        _ encryption: OCIReference.Encryption = .exceptLoopback
    ) throws -> OCIReference {
        try OCIReference(text, channel: .main, encryption: encryption)
    }

    /// Returns a publication of a serial, signed by a new key.
    static func publication(serial: Int64 = 1_795_899_518_487, content: String = "{}") throws -> SignedPublication {
        let compressed = Array("not really gzip: \(content)".utf8)
        let issued = Timestamp(secondsSince1970: serial / 1000)
        let statement = Statement(
            channel: .main,
            serial: try #require(Serial(milliseconds: serial)),
            issued: issued,
            expires: issued.adding(86_400),
            registry: Statement.Content(of: Array(content.utf8)),
            compressed: Statement.Content(of: compressed),
            commit: nil
        )
        let envelope = Envelope(signing: statement.payload, with: try SigningPrivateKey.generate())
        return SignedPublication(statement: statement, envelope: envelope.bytes, compressed: compressed)
    }

    /// A schedule that does not wait, and notes the times.
    static func schedule(_ waits: Waits) -> Schedule {
        Schedule(
            sleep: { wait in
                waits.times.withLock { $0.append(wait) }
                await waits.action.withLock { $0 }?()
                return true
            },
            random: { 0.5 }
        )
    }

    /// The times that a schedule was asked to wait, and the action during each wait.
    final class Waits: Sendable {
        let times = Mutex<[Duration]>([])
        let action = Mutex<(@Sendable () async -> Void)?>(nil)
    }
}

/// A sink in memory.
final class OCIBlobSink: BlobSink {
    let size: Int
    private let bytes = Mutex<[UInt8]>([])

    init(size: Int) { self.size = size }

    var contents: [UInt8] { bytes.withLock { $0 } }

    func restart() { bytes.withLock { $0 = [] } }

    func write(_ part: [UInt8]) throws(SourceProblem) {
        let isTooLong = bytes.withLock { bytes in
            bytes += part
            return bytes.count > size
        }
        if isTooLong { throw SourceProblem(.content(.digestMismatch), "too many bytes") }
    }
}
