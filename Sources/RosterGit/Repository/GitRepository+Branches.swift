/// A branch that a comparison can start from when the user names none.
package struct ImpliedBase: Hashable, Sendable {
    /// The short name, as `origin/main`.
    package var name: String
    /// The commit at its tip.
    package var tip: String

    /// Creates a base from its parts.
    package init(name: String, tip: String) { (self.name, self.tip) = (name, tip) }
}

extension GitRepository {
    /// Remote-tracking branches that a branch usually starts from, in the order in which they are tried.
    private static let usualBases = ["HEAD", "main", "master"].map { "refs/remotes/origin/" + $0 }

    /// Returns the branch that the current branch started from: its upstream, or the remote's default branch; nil when
    /// this clone has neither.
    ///
    /// An upstream that is the branch's own copy on the remote does not count: it has the commits that were pushed.
    package func impliedBase() async throws -> ImpliedBase? {
        if let upstream = try await upstream(), let tip = try await commit(ofRef: upstream) {
            return ImpliedBase(name: Self.shortName(upstream), tip: tip)
        }
        let question = ["for-each-ref", "--format=%(refname) %(symref)"] + Self.usualBases
        var targets: [Substring: Substring] = [:]
        for line in try await git.answer(question).get().split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            let target = words.count > 1 && !words[1].isEmpty ? words[1] : words[0]
            // Git makes a `HEAD` that is a link. Any other comes from a branch of that name, which every contributor
            // can push.
            if target != Self.usualBases[0][...] { targets[words[0]] = target }
        }
        for ref in Self.usualBases {
            // Only branches that were fetched from the remote count, not any other target of the link.
            guard let target = targets[ref[...]], target.hasPrefix("refs/remotes/origin/"),
                let tip = try await commit(ofRef: String(target))
            else { continue }
            return ImpliedBase(name: Self.shortName(String(target)), tip: tip)
        }
        return nil
    }

    /// Returns the upstream of the branch that is checked out, by its full name; nil when it has none but its own copy.
    private func upstream() async throws -> String? {
        guard case .success(let line) = try await git.answer(["symbolic-ref", "--quiet", "HEAD"]) else { return nil }
        let branch = String(line.prefix { $0 != "\n" })
        let question = ["for-each-ref", "--format=%(refname) %(upstream) %(upstream:remoteref)", branch]
        for line in try await git.answer(question).get().split(separator: "\n") {
            let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            guard words.count == 3, words[0] == branch, words[1].hasPrefix("refs/"), words[2] != branch else {
                continue
            }
            return words[1]
        }
        return nil
    }

    /// Returns a ref's name as people write it.
    private static func shortName(_ ref: String) -> String {
        for folder in ["refs/heads/", "refs/remotes/", "refs/tags/"] where ref.hasPrefix(folder) {
            return String(ref.dropFirst(folder.count))
        }
        return ref
    }
}
