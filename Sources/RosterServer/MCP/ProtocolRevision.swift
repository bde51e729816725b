import RosterJSON
import RosterModel

/// A supported revision of the Model Context Protocol.
enum ProtocolRevision: String, CaseIterable, Sendable {
    case july2026 = "2026-07-28"
    case november2025 = "2025-11-25"
    case june2025 = "2025-06-18"
    case march2025 = "2025-03-26"

    /// The revision that is offered to a client whose handshake names an unsupported one.
    static let latestHandshake = november2025

    /// A Boolean value that indicates whether each request carries what was part of the handshake in earlier revisions.
    var isStateless: Bool { self == .july2026 }

    /// A Boolean value that indicates whether the revision has batches.
    var hasBatches: Bool { self == .march2025 }

    /// Every revision, the newest first.
    static var supported: JSONValue { .array(allCases.map { .string($0.rawValue) }) }
}
