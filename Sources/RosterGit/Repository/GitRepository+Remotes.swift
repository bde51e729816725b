/// The default branch of a remote, as the last fetch left it.
package enum DefaultBranch: Hashable, Sendable {
    /// The full name of the remote-tracking branch, and the commit at its tip.
    case tip(ref: String, commit: String)
    /// `refs/remotes/<remote>/HEAD` names something that is not a branch of the remote in this clone.
    case dangling(target: String)
    /// There is neither a `HEAD` nor a `main` of the remote in this clone.
    case unknown
}

extension GitRepository {
    /// Returns the names of the remotes, in order.
    ///
    /// Remote-tracking branches count as a remote where no remote is configured, and so does a branch that is pulled
    /// from a URL.
    package func remotes() async throws -> [String] {
        let listing = ["config", "--null", "--name-only", "--list"]
        guard case .success(let list) = try await git.answer(listing, limit: Self.listLimit) else {
            throw GitError.failed(command: "config", reason: "the configuration cannot be read")
        }
        let names = list.split(separator: "\0")
        var found: Set<String> = []
        for name in names where name.hasPrefix("remote.") {
            // The name of a remote may contain dots.
            guard let dot = name.lastIndex(of: "."), dot > name.index(name.startIndex, offsetBy: 7),
                ["url", "pushurl", "vcs"].contains(name[name.index(after: dot)...])
            else { continue }
            found.insert(String(name[name.index(name.startIndex, offsetBy: 7)..<dot]))
        }
        guard found.isEmpty else { return found.sorted() }
        let tracking = ["for-each-ref", "--format=%(refname:lstrip=2)", "refs/remotes"]
        let refs = try await git.answer(tracking, limit: Self.listLimit).get()
        for ref in refs.split(separator: "\n") { found.insert(String(ref.prefix { $0 != "/" })) }
        for name in names where name.hasPrefix("branch.") && name.hasSuffix(".remote") {
            guard case .success(let line) = try await git.answer(["config", "--get", String(name)]) else { continue }
            let remote = String(line.prefix { $0 != "\n" })
            if remote != "." { found.insert(remote) }
        }
        return found.sorted()
    }

    /// The most bytes of a list of settings or refs: a clone of many years has thousands of branches.
    private static let listLimit = 16 << 20

    /// Returns the default branch of a remote: the branch that its `HEAD` names, or `main` without a `HEAD`.
    package func defaultBranch(ofRemote remote: String) async throws -> DefaultBranch {
        let folder = "refs/remotes/\(remote)/"
        if let target = try await symbolicTarget(of: folder + "HEAD") {
            // Only branches that were fetched from this remote count.
            guard target.hasPrefix(folder), let commit = try await commit(ofRef: target) else {
                return .dangling(target: target)
            }
            return .tip(ref: target, commit: commit)
        }
        // Git makes a `HEAD` that is a link. Any other comes from a branch of that name, which has no meaning here.
        let main = folder + "main"
        guard try await symbolicTarget(of: main) == nil, let commit = try await commit(ofRef: main) else {
            return .unknown
        }
        return .tip(ref: main, commit: commit)
    }

    /// Returns true when there is any ref, which is the case after the first commit or fetch.
    package func hasRefs() async throws -> Bool {
        switch try await git.answer(["for-each-ref", "--count=1", "--format=%(refname)"]) {
        case .success(let line): return !line.isEmpty
        case .failure(let error): throw error
        }
    }

    /// Returns the final target of a symbolic ref; nil for any other ref, and for one that does not exist.
    private func symbolicTarget(of ref: String) async throws -> String? {
        guard case .success(let line) = try await git.answer(["symbolic-ref", "--quiet", ref]) else {
            return nil
        }
        return String(line.prefix { $0 != "\n" })
    }
}
