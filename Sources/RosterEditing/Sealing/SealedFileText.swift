import RosterBytes
import RosterFrontend
import RosterSources

/// The text of a sealed file for git's diff.
package enum SealedFileText {
    /// Returns a file's lines; git compares the text, which must depend on the file alone.
    ///
    /// A file over the size limit of a secret is shown as one sentence, which changes with the file.
    ///
    /// - Parameters:
    ///   - path: the absolute path.
    ///   - shown: the path as messages name it.
    /// - Returns: the text, without a newline that the file does not have.
    /// - Throws: ``EditFailure`` when the file cannot be read.
    package static func text(ofFileAt path: String, shownAs shown: String) throws -> String {
        switch try RepositoryFile.contents(atPath: path, shownAs: shown, limit: FileRole.secret.sizeLimit) {
        case .tooLarge(let size, let digest):
            "This file is not shown: it has \(size) bytes, and a sealed secret has at most "
                + "\(FileRole.secret.sizeLimit). Its SHA-256 begins with \(digest.hex.prefix(16)).\n"
        case .bytes(let bytes):
            SealedText.text(of: bytes).split(separator: "\n", omittingEmptySubsequences: false)
                .map { PrintableText.escape(String($0.hasSuffix("\r") ? $0.dropLast() : $0)) }.joined(separator: "\n")
        }
    }
}
