import Subprocess

/// The relation of two histories.
package enum HistoryRelation: Hashable, Sendable {
    /// The merge bases, in the order of their ids.
    case mergeBases([String])
    /// Both histories are complete and have no commit in common.
    case unrelated
}

extension GitRepository {
    /// The most merge bases that two histories may have.
    package static let mergeBaseLimit = 16

    /// Returns the merge bases of a commit and `heads`: one commit, or the parents of a merge.
    ///
    /// The result is that of the complete histories, also when this clone has only a part of them.
    ///
    /// - Throws: ``GitError/shallowMergeBase`` or ``GitError/graftedHistory(file:commit:)`` when this clone lacks the
    ///   commits that decide; ``GitError/tooManyMergeBases(limit:)``; any other ``GitError`` when git cannot read a
    ///   commit.
    package func relation(of base: String, to heads: [String]) async throws -> HistoryRelation {
        if heads == [base] { return .mergeBases([base]) }
        // Exit code 1: there is none.
        let question = ["merge-base", "--all", base] + heads
        let bases = try await git.stream(question, patience: .longHistory, successCodes: [0, 1]) { input, output in
            try await input.finish()
            return try await Self.ids(&output, limit: Self.mergeBaseLimit + 1)
        }
        guard bases.count <= Self.mergeBaseLimit else { throw GitError.tooManyMergeBases(limit: Self.mergeBaseLimit) }
        try await checkGrafts(inHistoryOf: [base] + heads)
        let shallow = try shallowCommits()
        // Some versions of git treat a missing commit as the end of the history. Walking all of it fails then.
        if bases.isEmpty || !shallow.isEmpty { try await requireCompleteHistory([base] + heads, bases, shallow) }
        return bases.isEmpty ? .unrelated : .mergeBases(bases.sorted())
    }

    private static func ids(_ output: inout ByteStream, limit: Int) async throws -> [String] {
        var ids: [String] = []
        while ids.count < limit, let line = try await output.token(endedBy: UInt8(ascii: "\n"), limit: 1 << 10) {
            ids.append(String(decoding: line, as: UTF8.self))
        }
        return ids
    }

    /// Checks that no commit that determines the merge bases lacks its parents.
    ///
    /// With one merge base, these are the commits that only one side has: if each of them has its parents, every other
    /// common commit is an ancestor of a common one that git knows. With several merge bases, any commit can determine
    /// which of them is an ancestor of which.
    private func requireCompleteHistory(_ tips: [String], _ bases: [String], _ shallow: Set<String>) async throws {
        let arguments = ["rev-list"] + tips + (bases.count == 1 ? ["--not"] + bases : [])
        let isCut = try await git.stream(arguments, patience: .longHistory) { input, output in
            try await input.finish()
            while let line = try await output.token(endedBy: UInt8(ascii: "\n"), limit: 1 << 10) {
                if shallow.contains(String(decoding: line, as: UTF8.self)) { return true }
            }
            return false
        }
        if isCut { throw GitError.shallowMergeBase }
    }
}
