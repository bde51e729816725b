import RosterFrontend
import RosterModel

/// A comparison of a secret's boxes with the sealing keys of `roster.yaml`.
struct BoxRecipients {
    /// The boxes for keys that `roster.yaml` does not have.
    let unknown: [BoxDeclaration]
    /// The boxes for retired keys.
    let stale: [BoxDeclaration]
    /// A Boolean value that indicates whether every box is for a retired key.
    let areAllStale: Bool
    /// The active keys without a box that a message names, and the number of the others.
    let missing: (named: [SealingKeyDeclaration], others: Int)

    /// The sealing keys, prepared once for all secrets.
    struct Keys {
        let active: [SealingKeyDeclaration]
        let activeIDs: Set<SealingKeyID>
        let retiredIDs: Set<SealingKeyID>
        let knownIDs: Set<SealingKeyID>

        /// Prepares the keys of a declaration; nil when they are broken or none is active, which is reported there.
        init?(_ roster: RosterDeclaration) {
            let keys = roster.sealingKeys
            active = keys.filter { !$0.isRetired }
            guard roster.areSealingKeysWhole, !active.isEmpty else { return nil }
            activeIDs = Set(active.map(\.id.value))
            retiredIDs = Set(keys.filter(\.isRetired).map(\.id.value))
            knownIDs = Set(keys.map(\.id.value))
        }
    }

    /// The number of keys that a message names.
    private static let nameLimit = 8

    /// Compares the boxes of a secret with the keys.
    init(_ boxes: [BoxDeclaration], _ keys: Keys) {
        unknown = boxes.filter { !keys.knownIDs.contains($0.key.value) }
        let stale = boxes.filter { keys.retiredIDs.contains($0.key.value) }
        self.stale = stale
        areAllStale = !boxes.isEmpty && stale.count == boxes.count
        let sealed = Set(boxes.map(\.key.value)).intersection(keys.activeIDs)
        // A box for an unknown key is most likely for the one that seems to be missing.
        guard !boxes.isEmpty, !areAllStale, sealed.count < keys.activeIDs.count, unknown.isEmpty else {
            missing = ([], 0)
            return
        }
        let named = Array(keys.active.lazy.filter { !sealed.contains($0.id.value) }.prefix(Self.nameLimit))
        missing = (named, max(0, keys.activeIDs.count - sealed.count - named.count))
    }
}
