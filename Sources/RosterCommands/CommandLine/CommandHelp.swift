import RosterBytes
import ArgumentParser

/// The parts of help texts that the argument parser does not write.
enum CommandHelp {
    /// Returns a text of the argument parser; a help text gets the examples of its command at its end.
    static func completed(_ text: String) -> String {
        guard text.hasPrefix("OVERVIEW: "), let command = command(in: text) as? any DocumentedCommand.Type else {
            return text
        }
        let end = text.lastIndex { !$0.isNewline } ?? text.startIndex
        let examples = command.examples.map { "\n  " + $0.replacing("\n", with: "\n  ") }
        return text[...end].replacing(" SUBCOMMANDS:\n", with: ":\n") + "\n\nEXAMPLES:" + examples.joined()
    }

    /// Returns the command that a help text is about, by its line of usage.
    private static func command(in text: String) -> (any ParsableCommand.Type)? {
        guard let usage = text.firstRange(of: "\nUSAGE: roster") else { return nil }
        var command: any ParsableCommand.Type = RosterCommand.self
        for word in text[usage.upperBound...].prefix(while: { !$0.isNewline }).split(separator: " ") {
            let named = command.configuration.subcommands.first { $0.configuration.commandName == String(word) }
            guard let named else { break }
            command = named
        }
        return command
    }
}
