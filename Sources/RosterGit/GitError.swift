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
    /// More than one commit has this name, each under a full name of its own.
    case ambiguousRevision(String, fullNames: [String])
    /// The history of a shallow clone ends before the file's first commit.
    case shallowHistory(path: String)
    /// A command of git failed, in its own words.
    case failed(command: String, reason: String)
    /// A command of git gave no answer in so many seconds; `waitingFor` is the file that it was opening or reading.
    case timedOut(command: String, seconds: Int, waitingFor: String?)
    /// git answered with something that its format does not allow.
    case malformedAnswer(command: String)
}
