/// How much harm a change can do.
package enum Risk: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// Nothing that programs or keys notice.
    case low
    /// Programs notice.
    case medium
    /// Somebody must have meant it.
    case high
    /// A key or the registry may come into other hands.
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

    /// Whether `one` is the lesser risk.
    package static func < (one: Risk, other: Risk) -> Bool { one.rawValue < other.rawValue }
}
