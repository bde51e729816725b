/// The fields of a provider, each with the commit that last changed its value.
package struct ProviderBlame: Sendable {
    /// A field, and the commit that last changed it.
    package struct Line: Sendable {
        /// The field.
        package var field: Change.Field
        /// The commit, or the change that is not committed.
        package var entry: ProviderHistory.Entry
    }

    /// The provider in the working tree.
    package var provider: Change
    /// The fields in their order.
    package var lines: [Line]
}

extension ProviderHistory {
    /// Returns the commit that last changed each field of the provider in the working tree.
    ///
    /// - Throws: ``ReviewFailure`` when the working tree does not have the provider, and `GitError`.
    package func blame() async throws -> ProviderBlame {
        var entries: [Entry] = []
        let id: String
        do {
            entries = try await self.entries()
            guard let found = entries.first?.change.id else { throw missing }
            id = found
        } catch let failure as ReviewFailure {
            // A provider that was never committed still has fields.
            guard let found = try await uncommittedID() else { throw failure }
            id = found
        }
        guard let present = try await present(id) else { throw missing }
        if let uncommitted = try await uncommitted(id) { entries.insert(uncommitted, at: 0) }
        var newest: [String: Int] = [:]
        for (index, entry) in entries.enumerated() {
            for field in entry.change.fields where newest[field.path] == nil { newest[field.path] = index }
        }
        let lines = present.fields.compactMap { field in
            (newest[field.path].map { entries[$0] } ?? entries.last).map { ProviderBlame.Line(field: field, entry: $0) }
        }
        return ProviderBlame(provider: present, lines: lines)
    }

    private var missing: ReviewFailure {
        ReviewFailure(
            .unknownProvider,
            "the provider \"\(name)\" is not in the working tree",
            help: "its history: roster log \(name)"
        )
    }
}
