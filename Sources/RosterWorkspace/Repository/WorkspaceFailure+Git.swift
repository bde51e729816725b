package import RosterGit
import RosterModel

extension WorkspaceFailure {
    /// Describes the reason for which git has no answer, and the remedy.
    package init(_ error: GitError, in repository: Repository) {
        let folder = repository.topLevel?.folder ?? repository.root
        switch error {
        case .notInstalled:
            self.init(
                .git,
                "git is not installed, or not on PATH",
                help: "install it: apt-get install git"
            )
        case .notARepository(let reason):
            self.init(
                .git,
                "\(folder) has a .git, but git does not recognize it as a repository: \(reason)"
            )
        case .untrustedOwner(let reason):
            self.init(
                .git,
                "git does not trust \(folder), which another user owns: \(reason)",
                help: "when you do: git config --global --add safe.directory \(folder)"
            )
        case .unknownRevision(let name):
            self.init(
                .git,
                "git knows no commit \"\(name)\" in \(folder)",
                help: "fetch it, or look for its name: git log --all --oneline"
            )
        case .hiddenAncestor(let name, let file?):
            self.init(
                .git,
                "git shows no commit \"\(name)\" in \(folder): the grafts in \(file) replace the parents of commits",
                help: "convert them to replace refs, which Roster ignores: git replace --convert-graft-file"
            )
        case .hiddenAncestor(let name, nil):
            self.init(
                .git,
                "there is no commit \"\(name)\" in \(folder), which is a shallow clone",
                help: Self.unshallow
            )
        case .ambiguousRevision(let name, let fullNames):
            self.init(
                .git,
                "\"\(name)\" names more than one commit: \(fullNames.joined(separator: ", "))",
                help: "give the full name of the one you mean"
            )
        case .shallowHistory(let path):
            self.init(
                .git,
                "the history of this shallow clone ends before the first commit of \(path), which gives createdAt",
                help: Self.unshallow
            )
        case .graftedHistory(let file, let commit):
            self.init(
                .git,
                "the grafts in \(file) replace the parents of commit \(commit), so its history is not the true one",
                help: "convert them to replace refs, which Roster ignores: git replace --convert-graft-file"
            )
        case .partialClone(let object):
            self.init(
                .git,
                "\(folder) is a partial clone, and does not have \(object.map { "object \($0)" } ?? "all objects")",
                help: "fetch all objects: git fetch --refetch --no-filter (or, from git 2.49 on: git backfill)"
            )
        case .missingObject(let object):
            self.init(
                .git,
                "git has no object \(object) in \(folder)",
                help: "look for damage: git fsck"
            )
        case .shallowMergeBase:
            self.init(
                .git,
                "this clone is shallow, and the merge base of the two sides cannot be determined",
                help: Self.unshallow + ", or compare with the base itself: roster diff --exact BASE HEAD"
            )
        case .tooManyMergeBases(let limit):
            self.init(
                .git,
                "the two histories have more than \(limit) merge bases",
                help: "merge the base into the branch, or compare with the base itself: roster diff --exact BASE HEAD"
            )
        case .unreadableState(let file, let reason):
            self.init(
                .git,
                "the history cannot be read: \(file): \(reason)",
                help: "inspect the file"
            )
        case .unusableDate(let commit, let date):
            let named = date.isEmpty ? "without a date" : "dated \(Self.naming(date))"
            self.init(
                .git,
                "commit \(commit) is \(named), and a registry holds dates from 1970 to 9999",
                help: "make the commit again, with the present date: git rebase --force-rebase \(commit)^ "
                    + "(for the first commit: --root)"
            )
        case .unusableModificationTime(let path, let seconds):
            self = .unusableModificationTime(of: repository.pathPrefix + path, seconds)
        case .unmergedPaths(let paths):
            let rest = paths.count > 3 ? " and \(paths.count - 3) more" : ""
            self.init(
                .git,
                "the index has conflicts that are not resolved: \(paths.prefix(3).joined(separator: ", "))\(rest)",
                help: "resolve them and stage the files: git add, or give up the merge: git merge --abort"
            )
        case .unreadableIndex(let reason):
            self.init(
                .git,
                "the index of \(folder) cannot be read: \(reason)",
                help: "when it is damaged, delete that file and make it again from the last commit: git reset"
            )
        case .failed(let command, let reason):
            self.init(
                .git,
                "git \(command) failed in \(folder): \(reason)",
                help: error.isDamage ? "look for damage: git fsck" : nil
            )
        case .ended(let command, let signal):
            self.init(
                .git,
                "git \(command) was ended by signal \(signal) in \(folder)",
                help: "run the command again; when memory is short, the system ends programs with signal 9"
            )
        case .timedOut(let command, let seconds, let file?):
            self.init(
                .git,
                "git \(command) gave no answer in \(seconds) seconds in \(folder): it waits for \(file)",
                help: "git reads that file because its configuration or the repository names it: "
                    + "git config --list --show-origin"
            )
        case .timedOut(let command, let seconds, nil):
            self.init(
                .git,
                "git \(command) gave no answer in \(seconds) seconds in \(folder): it waits for another program or file",
                help: "run it to see the reason: git -C \(folder) \(command)"
            )
        case .malformedAnswer(let command):
            self.init(
                .git,
                "git \(command) gave an answer that cannot be read in \(folder)",
                help: "run it again; if that does not help, report it with the version of git: git --version"
            )
        }
    }

    /// The remedy for a shallow clone.
    private static let unshallow = "fetch the rest: git fetch --unshallow (in a workflow: fetch-depth: 0)"

    /// A working tree that lacks a file of the registry; `alternative` is what the command could read instead.
    package static func sparseCheckout(without path: String, alternative: String?) -> WorkspaceFailure {
        WorkspaceFailure(
            .incomplete,
            "this is a sparse checkout: the index marks \(path) as left out of the working tree (skip-worktree), "
                + "so the registry is not complete here",
            help: "check all files out: git sparse-checkout disable" + (alternative.map { "; or \($0)" } ?? "")
        )
    }

    /// A file that is dated by its modification time, which no registry holds.
    package static func unusableModificationTime(of path: String, _ seconds: Int64) -> WorkspaceFailure {
        WorkspaceFailure(
            .date,
            "\(path) was changed at \(naming("\(seconds)")), and a registry holds dates from 1970 to 9999",
            help: "set its modification time: touch \(path)"
        )
    }

    /// Returns a number of seconds together with the date that it stands for.
    static func naming(_ date: String) -> String {
        guard let seconds = Int64(date) else { return date }
        return "\(seconds) (\(Timestamp(secondsSince1970: seconds)))"
    }
}
