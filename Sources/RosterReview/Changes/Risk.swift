/// The severity of a change.
package enum Risk: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// A change that affects neither programs nor keys.
    case low
    /// A change that affects programs.
    case medium
    /// A change that must be intended.
    case high
    /// A change that may give others access to a key or the registry.
    case critical

    /// The name in arguments and output.
    package var name: String {
        switch self {
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        case .critical: "critical"
        }
    }

    /// Returns whether `one` is the lower risk.
    package static func < (one: Risk, other: Risk) -> Bool { one.rawValue < other.rawValue }
}
