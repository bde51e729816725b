import RosterCompiler
import RosterGit
import RosterSources
import RosterWorkspace

/// The sealing keys that reviewers have accepted.
///
/// A branch that adds a stranger's key, and a red check that asks for a re-seal, must not be enough to have every value
/// sealed to the stranger. Keys are held against `roster.yaml` at the tip of the upstream default branch, or of HEAD
/// where there is no remote. Where there is a remote but no such branch, every key is a stranger's. Outside git, and
/// before the first commit of a repository without a remote, `roster.yaml` is the user's own work, and every key is
/// trusted.
struct TrustedKeys {
    let repository: Repository
    let context: CommandContext

    /// A key that is not trusted, and why.
    struct Stranger {
        var key: RepositorySurvey.SealingKey
        /// The end of a sentence that names the key: the branch that lacks it, or why there is no branch.
        var reason: String
        /// A way out besides naming the key; empty when there is none.
        var remedy = ""
    }

    /// The keys that are not trusted.
    func strangers(among keys: [RepositorySurvey.SealingKey]) async throws -> [Stranger] {
        guard let git = try await repository.git() else { return [] }
        do {
            let remotes = try await git.remotes()
            return remotes.isEmpty
                ? try await strangers(among: keys, withoutRemoteIn: git)
                : try await strangers(among: keys, remotes, git)
        } catch let error as GitError {
            throw WorkspaceFailure(error, in: repository)
        }
    }

    private func strangers(
        among keys: [RepositorySurvey.SealingKey],
        withoutRemoteIn git: GitRepository
    ) async throws -> [Stranger] {
        guard let head = try await git.head() else {
            guard try await git.hasRefs() else { return [] }
            return keys.map { Stranger(key: $0, reason: "is only in the working tree: HEAD has no commit yet") }
        }
        let known = try await self.keys(at: head, git)
        return keys.filter { !known.contains($0) }.map {
            Stranger(
                key: $0,
                reason: "is only in the working tree: roster.yaml of HEAD does not have it as an active key"
            )
        }
    }

    private func strangers(
        among keys: [RepositorySurvey.SealingKey],
        _ remotes: [String],
        _ git: GitRepository
    ) async throws -> [Stranger] {
        var strangers: [Stranger] = []
        for remote in try await upstreams(remotes, git) {
            switch try await git.defaultBranch(ofRemote: remote) {
            case .tip(let ref, let commit):
                let known = try await self.keys(at: commit, git)
                let branch = ref.dropFirst("refs/remotes/".count)
                for key in keys where !known.contains(key) {
                    let reason = "is not an active key in roster.yaml of \(branch), the upstream default branch"
                    strangers.append(Stranger(key: key, reason: reason))
                }
            case .dangling(let target):
                strangers += unresolved(
                    keys,
                    remote,
                    "\(remote)/HEAD names \(target), which is not a branch of it here"
                )
            case .unknown:
                strangers += unresolved(keys, remote, "there is no \(remote)/HEAD and no \(remote)/main in this clone")
            }
        }
        return strangers
    }

    private func unresolved(
        _ keys: [RepositorySurvey.SealingKey],
        _ remote: String,
        _ why: String
    ) -> [Stranger] {
        keys.map { key in
            Stranger(
                key: key,
                reason: "cannot be compared with the default branch of the remote \(remote): \(why)",
                remedy: "fetch it: git fetch \(remote) && git remote set-head \(remote) --auto; or "
            )
        }
    }

    /// The remotes whose default branches must have a key: by custom `upstream` is the project and `origin` a clone or
    /// a fork of it; of remotes with other names none can be told from a contributor's.
    private func upstreams(_ remotes: [String], _ git: GitRepository) async throws -> [String] {
        let customary = ["upstream", "origin"].filter(remotes.contains)
        guard customary.count == 2,
            case .tip(_, let upstream) = try await git.defaultBranch(ofRemote: "upstream"),
            case .tip(_, let origin) = try await git.defaultBranch(ofRemote: "origin")
        else { return customary.isEmpty ? remotes : customary }
        // A fork whose tip is part of upstream's history adds nothing of its own.
        return try await git.mergeBase(origin, upstream) == origin ? ["upstream"] : customary
    }

    /// The active keys in a commit's `roster.yaml`; none where it has no such file.
    private func keys(at commit: String, _ git: GitRepository) async throws -> KnownKeys {
        do {
            let compiler = Compiler(Compiler.Options(today: context.today, concurrency: cores))
            return KnownKeys(keys: try await compiler.check(try await git.tree(of: commit)).survey.sealingKeys)
        } catch RepositoryError.noRoster {
            return KnownKeys(keys: [])
        }
    }

    private struct KnownKeys {
        let keys: [RepositorySurvey.SealingKey]

        /// Whether the same public key is there under the same id, and is not retired.
        func contains(_ key: RepositorySurvey.SealingKey) -> Bool {
            keys.contains { $0.id == key.id && $0.publicKey == key.publicKey && !$0.isRetired }
        }
    }
}

extension CommandFailure {
    /// Refuses to seal to keys that are not trusted and that the user did not name.
    init(_ strangers: [TrustedKeys.Stranger]) {
        var names: [String] = []
        for key in strangers.map(\.key) where !names.contains(key.id) { names.append(key.id) }
        let first = strangers[0]
        let others = names.dropFirst().joined(separator: ", ")
        self = .impossible(
            "the sealing key \(first.key.id) (\(first.key.name)) \(first.reason)"
                + (others.isEmpty ? "" : "; nor can these be trusted: \(others)"),
            help: "the holder of a key can open every value that is sealed to it; \(first.remedy)"
                + "when you know whose it is: \(names.map { "--trust-key \($0)" }.joined(separator: " "))"
        )
    }
}
