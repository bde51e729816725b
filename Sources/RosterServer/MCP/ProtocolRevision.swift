import RosterJSON
import RosterModel

/// A revision of the Model Context Protocol that is spoken here.
enum ProtocolRevision: String, CaseIterable, Sendable {
    case july2026 = "2026-07-28"
    case november2025 = "2025-11-25"
    case june2025 = "2025-06-18"
    case march2025 = "2025-03-26"

    /// What is answered to a client whose handshake names a revision that is not spoken.
    static let latestHandshake = november2025

    /// Whether each request says by itself what the handshake said in the revisions before.
    var isStateless: Bool { self == .july2026 }

    /// Whether several messages may come as one array.
    var hasBatches: Bool { self == .march2025 }

    /// Every revision, the newest first.
    static var supported: JSONValue { .array(allCases.map { .string($0.rawValue) }) }
}
