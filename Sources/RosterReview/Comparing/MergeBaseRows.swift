import RosterBytes
import RosterModel

/// Merges the rows of the head relative to each of several merge bases.
package enum MergeBaseRows {
    /// The identity of a record or file.
    private struct Key: Hashable {
        var kind: Change.Kind
        var id: String?
        /// The path, for a record without an id: a file, a policy, or a record that cannot be read.
        var path: String?
        var handle: String?
        /// `access` and the file itself are two rows of `roster.yaml`.
        var subject: Change.Subject

        init(_ row: Change) {
            (kind, id, subject) = (row.kind, row.id, row.subject)
            if row.id == nil { (path, handle) = (row.path, row.handle) }
        }
    }

    /// Returns each row once, in the order of a single comparison.
    ///
    /// The row with the highest risk is kept for each record, or the first one of equal risks, with the values of that
    /// merge base. Reasons that only other merge bases give are added to it.
    package static func join(_ comparisons: [[Change]]) -> [Change] {
        guard comparisons.count > 1 else { return comparisons.first ?? [] }
        var found: [Key: [Change]] = [:]
        for rows in comparisons {
            // A duplicate id gives two rows, and both are kept.
            var seen: [Key: Int] = [:]
            for row in rows {
                let key = Key(row)
                let number = seen[key, default: 0]
                seen[key] = number + 1
                if number < found[key]?.count ?? 0 {
                    found[key]?[number].join(row)
                } else {
                    found[key, default: []].append(row)
                }
            }
        }
        return found.values.joined().sorted(by: Change.isOrderedBefore)
    }

    /// Returns the links of each secret once.
    package static func links(_ comparisons: [[Review.SecretLinks]]) -> [Review.SecretLinks] {
        guard comparisons.count > 1 else { return comparisons.first ?? [] }
        return Set(comparisons.joined()).sorted { $0.secret.precedesInBytes($1.secret) }
    }
}

extension Change {
    /// Adds the reasons that another merge base gives for the same record.
    fileprivate mutating func join(_ other: Change) {
        var (kept, added) = other.risk > risk ? (other, self) : (self, other)
        let rules = Set(kept.reasons.map(\.rule))
        // A harmless reason of another base is omitted if this one has a reason.
        kept.reasons += added.reasons.filter { !rules.contains($0.rule) && $0.risk >= .medium }
        kept.finishReasons()
        self = kept
    }
}
