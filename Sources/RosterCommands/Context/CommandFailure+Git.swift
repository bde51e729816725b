import RosterGit
import RosterModel

extension CommandFailure {
    /// What to do about a git that could not answer.
    init(_ error: GitError, in repository: Repository) {
        let folder = repository.topLevel?.folder ?? repository.root
        switch error {
        case .notInstalled:
            self = .impossible("git is not installed, or not on PATH", help: "install it: apt-get install git")
        case .notARepository(let reason):
            self = .impossible("\(folder) has a .git, but git does not take it for a repository: \(reason)")
        case .untrustedOwner(let reason):
            self = .impossible(
                "git does not trust \(folder), which another user owns: \(reason)",
                help: "when you do: git config --global --add safe.directory \(folder)"
            )
        case .unknownRevision(let name):
            self = .impossible(
                "git knows no commit \"\(name)\" in \(folder)",
                help: "fetch it, or look for its name: git log --all --oneline"
            )
        case .ambiguousRevision(let name, let fullNames):
            self = .impossible(
                "\"\(name)\" names more than one commit: \(fullNames.joined(separator: ", "))",
                help: "give the full name of the one you mean"
            )
        case .shallowHistory(let path):
            self = .impossible(
                "the history of this shallow clone ends before the first commit of \(path), which gives createdAt",
                help: "fetch the rest: git fetch --unshallow (in a workflow: fetch-depth: 0)"
            )
        case .unusableDate(let commit, let date):
            let named = date.isEmpty ? "without a date" : "dated \(Self.naming(date))"
            self = .impossible(
                "commit \(commit) is \(named), and a registry holds dates from 1970 to 9999",
                help: "make the commit again, with the present date: git rebase --force-rebase \(commit)^ "
                    + "(for the first commit: --root)"
            )
        case .unusableModificationTime(let path, let seconds):
            self = .unusableModificationTime(of: repository.pathPrefix + path, seconds)
        case .unmergedPaths(let paths):
            let rest = paths.count > 3 ? " and \(paths.count - 3) more" : ""
            self = .impossible(
                "the index has conflicts that are not resolved: \(paths.prefix(3).joined(separator: ", "))\(rest)",
                help: "resolve them and stage the files: git add, or give up the merge: git merge --abort"
            )
        case .unreadableIndex(let reason):
            self = .impossible(
                "the index of \(folder) cannot be read: \(reason)",
                help: "when it is damaged, delete that file and make it again from the last commit: git reset"
            )
        case .failed(let command, let reason):
            self = .impossible("git \(command) failed in \(folder): \(reason)")
        case .ended(let command, let signal):
            self = .impossible(
                "git \(command) was ended by signal \(signal) in \(folder)",
                help: "run the command again; when memory is short, the system ends programs with signal 9"
            )
        case .timedOut(let command, let seconds, let file?):
            self = .impossible(
                "git \(command) gave no answer in \(seconds) seconds in \(folder): it waits for \(file)",
                help: "git reads that file because its configuration or the repository names it: "
                    + "git config --list --show-origin"
            )
        case .timedOut(let command, let seconds, nil):
            self = .impossible(
                "git \(command) gave no answer in \(seconds) seconds in \(folder): it waits for another program or file",
                help: "run it by itself to see what for: git -C \(folder) \(command)"
            )
        case .malformedAnswer(let command):
            self = .impossible(
                "git \(command) gave an answer that cannot be read in \(folder)",
                help: "look for damage: git fsck"
            )
        }
    }

    /// A file that is dated by its modification time, which no registry holds.
    static func unusableModificationTime(of path: String, _ seconds: Int64) -> CommandFailure {
        .impossible(
            "\(path) was changed at \(naming("\(seconds)")), and a registry holds dates from 1970 to 9999",
            help: "set its modification time: touch \(path)"
        )
    }

    /// A date as it is written, and readable.
    private static func naming(_ date: String) -> String {
        guard let seconds = Int64(date) else { return date }
        return "\(seconds) (\(Timestamp(secondsSince1970: seconds)))"
    }
}
