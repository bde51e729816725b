import RosterBytes
import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterModel
import RosterSources
import SealedBoxes
import RosterFrontend

/// The text of a sealed file for git's diff.
enum SealedFileText {
    /// Prints a file's lines; git compares the output, which must depend on the file alone.
    ///
    /// A file over the size limit of a secret is shown as one sentence, which changes with the file.
    static func show(_ file: String, _ context: CommandContext) throws {
        let output = context.standardOutput
        switch try RepositoryFile.contents(
            atPath: context.absolutePath(file),
            shownAs: file,
            limit: FileRole.secret.sizeLimit
        ) {
        case .tooLarge(let size, let digest):
            try output.write(
                "This file is not shown: it has \(size) bytes, and a sealed secret has at most "
                    + "\(FileRole.secret.sizeLimit). Its SHA-256 begins with \(digest.hex.prefix(16)).\n"
            )
        case .bytes(let bytes):
            let lines = SealedText.text(of: bytes).split(separator: "\n", omittingEmptySubsequences: false)
            try output.write(
                lines.map { PrintableText.escape(String($0.hasSuffix("\r") ? $0.dropLast() : $0)) }
                    .joined(separator: "\n")
            )
        }
    }
}
