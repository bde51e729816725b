import RosterBytes

extension GitRepository {
    /// Returns the branch that a new workflow watches: the default branch of `origin`, else the one that is checked out, else
    /// `main`.
    ///
    /// The name consists of letters, digits, dots, hyphens, underscores and slashes.
    package func mainBranch() async throws -> String {
        for (ref, prefix) in [("refs/remotes/origin/HEAD", "refs/remotes/origin/"), ("HEAD", "refs/heads/")] {
            guard case .success(let line) = try await git.answer(["symbolic-ref", "--quiet", ref]) else { continue }
            let target = line.prefix { $0 != "\n" }
            guard target.hasPrefix(prefix) else { continue }
            let name = target.dropFirst(prefix.count)
            if name.isName(with: "._/-") { return String(name) }
        }
        return "main"
    }
}
