import RosterCompiler
import RosterFrontend
import RosterModel
import RosterEditing

// Words where a command is expected.

extension CommandLineReader {
    /// A word that is not a command of the group.
    func unknownCommand() -> CommandLineFault {
        let subject =
            path.count == 1
            ? "there is no command \(ShownText.argument(word))"
            : "\(commandName.joined(separator: " ")) has no command \(ShownText.argument(word))"
        guard let intended = intention() else {
            let known = command.commands.map(\.name).joined(separator: ", ")
            let help = path.count == 1 ? "see all commands: roster --help" : "it has \(known)"
            return CommandLineFault(path: commandName, message: subject, help: help, isInCommand: true)
        }
        return CommandLineFault(
            path: commandName,
            message: "\(subject): did you mean \"\(intended.name)\"?",
            intended: intended.words,
            isInCommand: true
        )
    }

    /// The intended words, and the name of the command in them.
    private typealias Intention = (words: [String], name: String)

    private func intention() -> Intention? {
        if word == "help", words.first != "help" {
            let help = ["help"] + commandName
            return (
                help + words[(position + 1)...].prefix { command.command(named: $0) != nil },
                help.joined(separator: " ")
            )
        }
        if path.count == 1, word == "roster", position + 1 < words.count {
            return (replacing(position..<position + 1, with: []), words[position + 1])
        }
        if let known = command.command(spelled: word) { return intended(known) }
        return intendedForName() ?? intendedForNoun() ?? intendedForFamiliarName() ?? intendedForSpelling()
    }

    /// A command in another spelling, such as `providers list`.
    private func intended(_ known: CommandShape) -> Intention {
        guard !known.commands.isEmpty else { return replacingWord(with: [known.name]) }
        guard words.first != "help" else { return replacingWord(with: [known.name]) }
        guard position + 1 < words.count else {
            return replacingWord(with: [known.name, "list"].filter { $0 == known.name || word.last == "s" })
        }
        guard let verb = verb(words[position + 1], in: known) else { return replacingWord(with: [known.name]) }
        return replacing(2, with: [known.name, verb])
    }

    /// `acme/gpt-4o show`, and a name alone.
    private func intendedForName() -> Intention? {
        guard ShownText.isName(word) else { return nil }
        let group = path.count == 1 ? root.command(named: word.hasPrefix("sec_") ? "secret" : "provider") : command
        guard let group, group.command(named: "show") != nil else { return nil }
        let start = path.count == 1 ? [group.name] : []
        if position + 1 < words.count, let verb = verb(words[position + 1], in: group) {
            return replacing(2, with: start + [verb], [word])
        }
        return replacing(1, with: start + ["show"], [word])
    }

    /// `list providers`, `provider-list` and `create` alone.
    private func intendedForNoun() -> Intention? {
        guard path.count == 1 else { return nil }
        let groups = root.commands.filter { !$0.commands.isEmpty }
        if position + 1 < words.count, let group = root.command(spelled: words[position + 1]),
            !group.commands.isEmpty, let verb = verb(word, in: group)
        {
            // `get providers` of other programs lists them.
            let hasName = position + 2 < words.count && !DashedWord.isOption(words[position + 2])
            let isList = verb == "show" && !hasName
            return replacing(2, with: [group.name, isList ? "list" : verb])
        }
        let parts = word.split { "-_:./".contains($0) }.map(String.init)
        if parts.count == 2 {
            for (noun, action) in [(parts[0], parts[1]), (parts[1], parts[0])] {
                guard let group = root.command(spelled: noun), let verb = verb(action, in: group) else { continue }
                return replacingWord(with: [group.name, verb])
            }
        }
        guard FamiliarNames.meanings(of: word, among: FamiliarNames.commands).isEmpty else { return nil }
        if let group = groups.first(where: { $0.command(named: word) != nil }) {
            return replacingWord(with: [group.name, group.command(named: word)?.name ?? word])
        }
        guard let group = groups.first, let verb = verb(word, in: group) else { return nil }
        return replacingWord(with: [group.name, verb])
    }

    /// Returns the command that other programs have under this name.
    private func intendedForFamiliarName() -> Intention? {
        let name = word.lowercased()
        if path.count == 1 {
            let meanings = FamiliarNames.meanings(of: name, among: FamiliarNames.commands)
            // `test acme/gpt` is about one provider, `test` about the files.
            let isNamed = position + 1 < words.count && ShownText.isName(words[position + 1])
            let fitting = meanings.last { isNamed && root.command(named: $0[0])?.arguments.isEmpty == false }
            return (fitting ?? meanings.first).map { replacingWord(with: $0) }
        }
        return verb(name, in: command).map { replacingWord(with: [$0]) }
    }

    private func intendedForSpelling() -> Intention? {
        guard word.utf8.count > 2, !FamiliarNames.foreign.contains(word.lowercased()) else { return nil }
        if let near = NearestName.find(word, among: command.commands.map(\.name)) {
            return replacingWord(with: [near])
        }
        let entries = path.count == 1 ? FamiliarNames.commands : FamiliarNames.verbs
        guard let near = NearestName.find(word, among: FamiliarNames.long(entries)) else { return nil }
        let meanings = FamiliarNames.meanings(of: near, among: entries)
        if path.count == 1 { return meanings.first.map { replacingWord(with: $0) } }
        return verb(near, in: command).map { replacingWord(with: [$0]) }
    }

    /// The name of the subcommand of a group that a word means.
    private func verb(_ word: String, in group: CommandShape) -> String? {
        if let known = group.command(spelled: word) { return known.name }
        let meanings = FamiliarNames.meanings(of: word.lowercased(), among: FamiliarNames.verbs).joined()
        return meanings.first { group.command(named: $0) != nil }
    }

    private func replacingWord(with new: [String]) -> Intention { replacing(1, with: new) }

    /// Puts a command, and what belongs after it, in place of some words.
    private func replacing(_ count: Int, with command: [String], _ rest: [String] = []) -> Intention {
        (replacing(position..<position + count, with: command + rest), command.joined(separator: " "))
    }
}
