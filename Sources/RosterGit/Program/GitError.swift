/// A failure of git, or of reading a repository.
package enum GitError: Error, Hashable, Sendable {
    /// No folder of `PATH` has `git`.
    case notInstalled
    /// Git does not accept the folder as a repository; the reason is git's message.
    case notARepository(reason: String)
    /// Git refuses a repository that belongs to another user; the reason is git's message.
    case untrustedOwner(reason: String)
    /// No commit has this name.
    case unknownRevision(String)
    /// The revision names an ancestor that a shallow clone, or one with the named file of grafts, does not show.
    case hiddenAncestor(String, graftsFile: String?)
    /// More than one commit has this name; each has a different full name.
    case ambiguousRevision(String, fullNames: [String])
    /// The history of a shallow clone ends before the file's first commit.
    case shallowHistory(path: String)
    /// A file of grafts replaces the parents of a commit in the history that is read.
    case graftedHistory(file: String, commit: String)
    /// An object is not in this partial clone; its id where git reports it.
    case partialClone(object: String?)
    /// An object is not in a clone that should have all of them.
    case missingObject(String)
    /// This shallow clone lacks commits that determine the merge bases of two histories.
    case shallowMergeBase
    /// Two histories have more merge bases than are compared.
    case tooManyMergeBases(limit: Int)
    /// A file of the git folder that describes the state of the clone cannot be read.
    case unreadableState(file: String, reason: String)
    /// A registry cannot hold the committer date of the commit.
    case unusableDate(commit: String, date: String)
    /// A registry cannot hold the modification time of a file that is not committed, in seconds since 1970.
    case unusableModificationTime(path: String, seconds: Int64)
    /// The index has paths with conflicts that are not resolved.
    case unmergedPaths([String])
    /// The index cannot be read; the reason is git's message.
    case unreadableIndex(reason: String)
    /// A git command failed; the reason is git's message.
    case failed(command: String, reason: String)
    /// A signal ended a git command before it answered.
    case ended(command: String, signal: Int32)
    /// A git command did not answer within `seconds`; `waitingFor` is the file that it was opening or reading.
    case timedOut(command: String, seconds: Int, waitingFor: String?)
    /// Git's answer does not have its documented format.
    case malformedAnswer(command: String)

    /// The end of git's message about a damaged object.
    static let damageSuffix = " is corrupt"

    /// A Boolean value that indicates whether git reports a damaged object.
    package var isDamage: Bool {
        if case .failed(_, let reason) = self { reason.hasSuffix(Self.damageSuffix) } else { false }
    }
}
