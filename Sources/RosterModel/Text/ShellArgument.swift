import RosterBytes

/// Text as an argument of a command for a POSIX shell.
package enum ShellArgument {
    /// Returns an argument in single quotes unless it consists of plain characters.
    package static func quoted(_ argument: String) -> String {
        let isPlain = argument.utf8.allSatisfy { $0.isASCIILetterOrDigit || "_./:@%+=,-".utf8.contains($0) }
        return isPlain && !argument.isEmpty ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
    }
}
