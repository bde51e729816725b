import RosterBytes
import SealedBoxes
import Synchronization

/// A token in a file that other programs replace before it expires.
package final class BearerToken: Sendable {
    /// The most bytes of the file; a header field with more is refused by servers.
    private static let limit = 8 * 1024

    private let path: String
    private let token = Mutex<String?>(nil)

    /// Creates a token that is read when it is first needed.
    package init(file path: String) { self.path = path }

    /// Returns the token that was read last.
    func current() throws(SourceProblem) -> String {
        if let token = token.withLock({ $0 }) { return token }
        return try read()
    }

    /// Reads the file again after a token was refused; nil when it still has the same.
    func renewed(after refused: String) throws(SourceProblem) -> String? {
        let token = try read()
        return token == refused ? nil : token
    }

    private var shownFile: String { "the file with the token, \(PrintableText.escape(path))," }

    private func read() throws(SourceProblem) -> String {
        let secret: SecretBytes
        // The group of a pod owns its mounted secrets.
        do throws(SecretFile.Problem) {
            secret = try SecretFile.read(path, limit: Self.limit, isGroupAllowed: true)
        } catch {
            throw SourceProblem(.unauthorized, "\(shownFile) \(error.predicate(isGroupAllowed: true))")
        }
        let bytes = unsafe secret.withBytes { unsafe Array($0) }
        let text = bytes.split(omittingEmptySubsequences: true) { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard text.count == 1, text[0].allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw SourceProblem(.unauthorized, "\(shownFile) does not have one token")
        }
        let token = String(decoding: text[0], as: UTF8.self)
        self.token.withLock { $0 = token }
        return token
    }
}
