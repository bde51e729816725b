/// Why git could not answer.
package enum GitError: Error, Hashable, Sendable {
    /// There is no `git` on the path.
    case notInstalled
    /// git does not take the folder for a repository, in its own words.
    case notARepository(reason: String)
    /// git refuses a repository that belongs to someone else, in its own words.
    case untrustedOwner(reason: String)
    /// No commit has this name.
    case unknownRevision(String)
    /// The revision names an ancestor that a shallow clone, or one with the named file of grafts, does not show.
    case hiddenAncestor(String, graftsFile: String?)
    /// More than one commit has this name, each under a full name of its own.
    case ambiguousRevision(String, fullNames: [String])
    /// The history of a shallow clone ends before the file's first commit.
    case shallowHistory(path: String)
    /// A file of grafts replaces the parents of a commit in the history that is read.
    case graftedHistory(file: String, commit: String)
    /// An object is not in this partial clone; its id where git reports it.
    case partialClone(object: String?)
    /// An object is not in a clone that should have all of them.
    case missingObject(String)
    /// This shallow clone lacks commits that decide which merge bases two histories have.
    case shallowMergeBase
    /// Two histories have more merge bases than are compared.
    case tooManyMergeBases(limit: Int)
    /// A file of the git folder that describes the state of the clone cannot be read.
    case unreadableState(file: String, reason: String)
    /// The commit has a committer date that no registry holds, as the commit has it.
    case unusableDate(commit: String, date: String)
    /// A file that is not committed was changed at a time that no registry holds, in seconds since 1970.
    case unusableModificationTime(path: String, seconds: Int64)
    /// The index has paths with conflicts that are not resolved.
    case unmergedPaths([String])
    /// The index cannot be read, in git's own words.
    case unreadableIndex(reason: String)
    /// A command of git failed, in its own words.
    case failed(command: String, reason: String)
    /// A signal ended a command of git, so that it is not known what it would have answered.
    case ended(command: String, signal: Int32)
    /// A command of git gave no answer in so many seconds; `waitingFor` is the file that it was opening or reading.
    case timedOut(command: String, seconds: Int, waitingFor: String?)
    /// git answered with something that its format does not allow.
    case malformedAnswer(command: String)

    /// The end of git's own message about an object that is damaged.
    static let damageSuffix = " is corrupt"

    /// Whether git itself reports that an object is damaged.
    package var isDamage: Bool {
        if case .failed(_, let reason) = self { reason.hasSuffix(Self.damageSuffix) } else { false }
    }
}
