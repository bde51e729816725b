import Glibc
import RosterSources

/// The reason why a file or folder cannot be used.
package struct FileProblem: Error, Hashable, Sendable {
    /// A POSIX error number; 0 for another cause.
    package let code: Int32
    /// The cause as text, such as `permission denied`.
    package let reason: String

    /// Describes a POSIX error number.
    init(errno code: Int32) { self.init(code: code, reason: TreeFailure(errno: code).reason) }

    init(code: Int32 = 0, reason: String) { (self.code, self.reason) = (code, reason) }

    /// A Boolean value that indicates whether there is no such file.
    var isMissing: Bool { code == ENOENT || code == ENOTDIR }
}
