import Glibc
import RosterBytes
import RosterCompiler
import RosterDiagnostics
import RosterGit
import RosterModel
import RosterSources

/// The reason for an exit code other than 0, and the message for it.
struct CommandFailure: Error {
    var exitCode: Int32
    /// The message; nil when it was printed already.
    var message: String?
    var help: String?

    /// The failure for findings, which were printed.
    static let findings = CommandFailure(exitCode: 1)

    /// Returns the failure of an operation that is not possible.
    static func impossible(_ message: String, help: String? = nil) -> CommandFailure {
        CommandFailure(exitCode: 3, message: message, help: help)
    }

    /// Returns the failure to write a file or stream.
    static func cannotWrite(_ what: String, errno code: Int32) -> CommandFailure {
        impossible("cannot write \(what): \(TreeFailure(errno: code).reason)")
    }

    /// Returns the failure to read a file.
    static func cannotRead(_ what: String, errno code: Int32) -> CommandFailure {
        impossible("cannot read \(what): \(TreeFailure(errno: code).reason)")
    }

    /// Returns the failure for arguments that are not valid.
    static func usage(_ message: String, help: String? = nil) -> CommandFailure {
        CommandFailure(exitCode: 64, message: message, help: help)
    }

    /// Returns a text without anything that has the shape of a key: an argument or a file name can contain one by mistake.
    static func masked(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for match in KeyShapeScanner.matches(in: text).reversed() {
            bytes.replaceSubrange(match.range, with: "[redacted]".utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes the message to standard error, and returns the exit code.
    @discardableResult
    func report(in context: CommandContext) -> Int32 {
        guard let message else { return exitCode }
        var text = "error: \(message)\n"
        if let help { text += "  help: \(help)\n" }
        text = Self.masked(text)
        // Nothing can be done about a standard error that is closed.
        try? context.standardError.write(
            text.split(separator: "\n", omittingEmptySubsequences: true)
                .map { PrintableText.escape(String($0), breakingCommands: context.isGitHubActions) + "\n" }
                .joined()
        )
        return exitCode
    }
}
