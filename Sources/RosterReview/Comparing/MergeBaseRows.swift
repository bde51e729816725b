import RosterBytes
import RosterModel

/// Joins the rows that a head has against each of several merge bases.
package enum MergeBaseRows {
    /// Rows that are about the same record or file.
    private struct Key: Hashable {
        var kind: Change.Kind
        var id: String?
        /// The path for what has no id: a file, a policy, a record that cannot be read.
        var path: String?
        var handle: String?
        /// `access` and the file itself are two rows of `roster.yaml`.
        var subject: Change.Subject

        init(_ row: Change) {
            (kind, id, subject) = (row.kind, row.id, row.subject)
            if row.id == nil { (path, handle) = (row.path, row.handle) }
        }
    }

    /// Returns each row once, ordered as the rows of one comparison are.
    ///
    /// Of the rows of one record the one with the highest risk is kept, the first one where risks are equal: its fields
    /// have the values of that merge base. Reasons that only other merge bases give are added to it.
    package static func join(_ comparisons: [[Change]]) -> [Change] {
        guard comparisons.count > 1 else { return comparisons.first ?? [] }
        var found: [Key: [Change]] = [:]
        for rows in comparisons {
            // An id that is there twice gives two rows, and each of them counts.
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
        // A harmless reason of another base adds nothing to a reason of this one.
        kept.reasons += added.reasons.filter { !rules.contains($0.rule) && $0.risk >= .medium }
        kept.finishReasons()
        self = kept
    }
}
