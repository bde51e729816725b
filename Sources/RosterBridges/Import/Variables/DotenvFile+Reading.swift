import Glibc
package import RosterEditing
import RosterSources
import SealedBoxes

extension DotenvFile {
    /// Reads a file or a pipe straight into secret memory.
    ///
    /// - Parameters:
    ///   - path: the path.
    ///   - shown: the path as messages name it.
    /// - Throws: ``EditFailure`` when it cannot be read.
    package init(path: String, shownAs shown: String) throws(EditFailure) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw EditFailure(.unreadable, "cannot read \(shown): \(TreeFailure(errno: errno).reason)")
        }
        defer { close(descriptor) }
        do throws(SecretInput.Failure) {
            let bytes = try SecretInput.read(descriptor, limit: Self.sizeLimit)
            do throws(SecretBytes.Unavailable) { try self.init(bytes) } catch { throw .noMemory }
        } catch {
            let reason =
                switch error {
                case .tooLong: "it has more than \(Self.sizeLimit) bytes"
                case .unreadable(let code): TreeFailure(errno: code).reason
                case .noMemory: "there is no memory for secrets"
                }
            throw EditFailure(.unreadable, "cannot read \(shown): \(reason)")
        }
    }
}
