package import RosterCompiler
package import RosterGit
import RosterSources
package import RosterSemantics

/// The sealing keys that reviewers have accepted.
///
/// A branch that adds an attacker's key, and a failing check that asks for a reseal, must not be enough to have every value
/// sealed to that key. Keys are compared with `roster.yaml` at the tip of the upstream default branch, or of HEAD without
/// a remote. With a remote but without such a branch, no key is trusted. Outside git, and in a repository without a commit
/// and without a remote, `roster.yaml` is the user's own work, and every key is trusted.
package struct TrustedKeys: Sendable {
    private let git: GitRepository
    private let compiler: Compiler

    /// Creates the trusted keys of a repository.
    package init(in git: GitRepository, compiler: Compiler) { (self.git, self.compiler) = (git, compiler) }

    /// A key that is not trusted, and the reason.
    package struct UntrustedKey: Sendable {
        /// The key.
        package var key: PartialRegistry.SealingKey
        /// The end of a sentence that begins with the key: the branch that lacks it, or the reason for having no branch.
        package var reason: String
        /// An alternative to naming the key; empty when there is none.
        package var remedy = ""
    }

    /// Returns the keys that are not trusted.
    ///
    /// - Throws: `GitError`.
    package func untrusted(among keys: [PartialRegistry.SealingKey]) async throws -> [UntrustedKey] {
        let remotes = try await git.remotes()
        return remotes.isEmpty
            ? try await untrustedWithoutRemote(among: keys)
            : try await untrusted(among: keys, remotes)
    }

    private func untrustedWithoutRemote(among keys: [PartialRegistry.SealingKey]) async throws -> [UntrustedKey] {
        guard let head = try await git.head() else {
            guard try await git.hasRefs() else { return [] }
            return keys.map { UntrustedKey(key: $0, reason: "is only in the working tree: HEAD has no commit yet") }
        }
        let known = try await self.keys(at: head)
        return keys.filter { !known.contains($0) }.map {
            UntrustedKey(
                key: $0,
                reason: "is only in the working tree: roster.yaml of HEAD does not have it as an active key"
            )
        }
    }

    private func untrusted(
        among keys: [PartialRegistry.SealingKey],
        _ remotes: [String]
    ) async throws -> [UntrustedKey] {
        var untrusted: [UntrustedKey] = []
        for remote in try await upstreams(remotes) {
            switch try await git.defaultBranch(ofRemote: remote) {
            case .tip(let ref, let commit):
                let known = try await self.keys(at: commit)
                let branch = ref.dropFirst("refs/remotes/".count)
                for key in keys where !known.contains(key) {
                    let reason = "is not an active key in roster.yaml of \(branch), the upstream default branch"
                    untrusted.append(UntrustedKey(key: key, reason: reason))
                }
            case .dangling(let target):
                untrusted += unresolved(
                    keys,
                    remote,
                    "\(remote)/HEAD names \(target), which is not a branch of it here"
                )
            case .unknown:
                untrusted += unresolved(keys, remote, "there is no \(remote)/HEAD and no \(remote)/main in this clone")
            }
        }
        return untrusted
    }

    private func unresolved(
        _ keys: [PartialRegistry.SealingKey],
        _ remote: String,
        _ why: String
    ) -> [UntrustedKey] {
        keys.map { key in
            UntrustedKey(
                key: key,
                reason: "cannot be compared with the default branch of the remote \(remote): \(why)",
                remedy: "fetch it: git fetch \(remote) && git remote set-head \(remote) --auto; or "
            )
        }
    }

    /// Returns the remotes whose default branches must have a key: by convention, `upstream` is the project and `origin` a
    /// clone or a fork of it; remotes with other names cannot be distinguished from a contributor's.
    private func upstreams(_ remotes: [String]) async throws -> [String] {
        let customary = ["upstream", "origin"].filter(remotes.contains)
        guard customary.count == 2,
            case .tip(_, let upstream) = try await git.defaultBranch(ofRemote: "upstream"),
            case .tip(_, let origin) = try await git.defaultBranch(ofRemote: "origin")
        else { return customary.isEmpty ? remotes : customary }
        // A fork whose tip is in upstream's history adds no keys.
        return try await git.mergeBase(origin, upstream) == origin ? ["upstream"] : customary
    }

    /// Returns the active keys in a commit's `roster.yaml`; none when it has no such file.
    private func keys(at commit: String) async throws -> KnownKeys {
        do {
            return KnownKeys(keys: try await compiler.analyze(try await git.tree(of: commit)).outline.sealingKeys)
        } catch RepositoryError.noRoster {
            return KnownKeys(keys: [])
        }
    }

    private struct KnownKeys {
        let keys: [PartialRegistry.SealingKey]

        /// Returns whether the same public key exists under the same id, and is not retired.
        func contains(_ key: PartialRegistry.SealingKey) -> Bool {
            keys.contains { $0.id == key.id && $0.publicKey == key.publicKey && !$0.isRetired }
        }
    }
}
