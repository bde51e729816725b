import RosterCompiler
import RosterEditing
import RosterFrontend

// Options that a command does not have, and their values.

extension CommandLineReader {
    /// An option that the command does not have.
    func unknownOption() -> CommandLineFault {
        let (name, value) = CommandLineReader.parts(of: word)
        let plain = String(String.UnicodeScalarView(name.unicodeScalars.drop { DashedWord.dashes.contains($0) }))
        let owner = path.count == 1 ? "roster" : commandName.joined(separator: " ")
        // The value is not shown: it may be a key's.
        let subject = "\(owner) has no option \(ShownText.argument(name))"
        if ShownText.keyOptions.contains(plain.lowercased()) { return keyOption(subject, value) }
        guard let (intended, shown) = intended(for: plain, value) else {
            return CommandLineFault(path: commandName, message: subject)
        }
        return CommandLineFault(
            path: commandName,
            message: "\(subject): did you mean \"\(shown)\"?",
            intended: intended
        )
    }

    /// Returns the intended words for an option, and its text in messages.
    private func intended(for name: String, _ value: String?) -> (words: [String], shown: String)? {
        if !command.commands.isEmpty {
            if let known = command.command(spelled: name) { return (replacingOption(with: [known.name]), known.name) }
            if let moved = movedOption(name, value) { return moved }
        }
        func written(_ option: CommandShape.Option) -> (words: [String], shown: String) {
            (replacingOption(with: [option.name + (value.map { "=" + $0 } ?? "")]), option.name)
        }
        if let option = command.option(spelled: name) { return written(option) }
        if let setting = FamiliarNames.settings[name], command.option(named: "--config") != nil {
            return configOption(setting, value)
        }
        for meaning in FamiliarNames.meanings(of: name, among: FamiliarNames.options) {
            guard let option = command.option(named: meaning[0]) else { continue }
            if meaning.count == 1 {
                if option.values.isEmpty { return written(option) }
                let given = value ?? (position + 1 < words.count ? words[position + 1] : "")
                if option.values.contains(given) { return written(option) }
            } else if option.values.contains(meaning[1]) {
                return (replacingOption(with: meaning), meaning.joined(separator: " "))
            }
        }
        return Self.option(spelledLike: name, in: command).map(written)
    }

    /// Returns the words for a setting that is part of `--config`.
    private func configOption(_ setting: String, _ value: String?) -> (words: [String], shown: String) {
        let next = position + 1
        let takesNext = value == nil && next < words.count && !DashedWord.isOption(words[next])
        let written = value ?? (takesNext ? words[next] : "VALUE")
        let new = ["--config", "\(setting)=\(written)"]
        return (replacing(position..<(takesNext ? next + 1 : next), with: new), "--config \(setting)=…")
    }

    /// The option of a name in another spelling, or the one whose name is nearest.
    private static func option(spelledLike name: String, in command: CommandShape) -> CommandShape.Option? {
        if let option = command.option(spelled: name) { return option }
        let names = command.options.map { String($0.name.drop { $0 == "-" }) }
        guard name.utf8.count > 2, let near = NearestName.find(name, among: names) else { return nil }
        return command.option(named: "--" + near)
    }

    /// Returns the words for a subcommand's option that precedes the subcommand's name.
    private func movedOption(_ name: String, _ value: String?) -> (words: [String], shown: String)? {
        var command = command
        var rest = Array(words[(position + 1)...])
        while let place = rest.indices.first(where: { command.command(named: rest[$0]) != nil }),
            let next = command.command(named: rest[place])
        {
            command = next
            rest = Array(rest[(place + 1)...])
        }
        guard command.commands.isEmpty, let option = Self.option(spelledLike: name, in: command) else { return nil }
        let takesNext = option.takesValue && value == nil && position + 1 < words.count
        let end = position + (takesNext ? 2 : 1)
        var remaining = replacing(position..<end, with: [])
        let moved = [option.name + (value.map { "=" + $0 } ?? "")] + (takesNext ? [words[position + 1]] : [])
        remaining.insert(contentsOf: moved, at: remaining.firstIndex(of: "--") ?? remaining.count)
        return (remaining, "\(command.name) \(option.name)")
    }

    private func keyOption(_ subject: String, _ value: String?) -> CommandLineFault {
        let hasNext = value == nil && position + 1 < words.count && !DashedWord.isOption(words[position + 1])
        let isSetting = commandName == ["secret", "set"]
        return CommandLineFault(
            path: commandName,
            message: "\(subject): a key is never an argument, where other users of this machine could read it",
            intended: isSetting ? replacing(position..<position + (hasNext ? 2 : 1), with: []) : nil,
            help: isSetting
                ? "type it at the prompt, or pipe it in" : "seal it: roster secret set PROJECT/NAME --for SLUG"
        )
    }

    /// A value that a flag does not take.
    func valueOfFlag(_ option: CommandShape.Option, _ value: String) -> CommandLineFault {
        let isOff = ["false", "no", "off", "0"].contains(value.lowercased())
        return CommandLineFault(
            path: commandName,
            message: "\(option.name) takes no value"
                + (isOff ? ": leave it out" : ": did you mean \"\(option.name)\"?"),
            intended: replacingOption(with: isOff ? [] : [option.name])
        )
    }

    /// A value that the option does not have.
    func unknownValue(_ value: String, of option: CommandShape.Option, isInline: Bool) -> CommandLineFault? {
        guard !option.values.isEmpty, !option.values.contains(value) else { return nil }
        let subject = "\(ShownText.argument(value)) is not a value of \(option.name)"
        let known = "it is one of \(option.values.joined(separator: ", "))"
        guard let near = NearestName.find(value, among: option.values) else {
            return CommandLineFault(path: commandName, message: subject, help: known)
        }
        let range = position..<position + (isInline ? 1 : 2)
        return CommandLineFault(
            path: commandName,
            message: "\(subject): did you mean \"\(near)\"?",
            intended: replacing(range, with: isInline ? ["\(option.name)=\(near)"] : [option.name, near])
        )
    }

    /// An option without its value.
    func missingValue(of option: CommandShape.Option) -> CommandLineFault {
        let known = option.values.isEmpty ? nil : "it is one of \(option.values.joined(separator: ", "))"
        return CommandLineFault(
            path: commandName,
            message: "\(option.name) needs a value",
            help: known ?? "write \(option.name) \(CommandLineReader.placeholder(option.valueName))"
        )
    }

    /// An option that has to be given.
    func missingOption(_ option: CommandShape.Option) -> CommandLineFault {
        let new = [option.name, CommandLineReader.placeholder(option.valueName)]
        return CommandLineFault(
            path: commandName,
            message: "\(option.name) is missing",
            intended: replacing(words.count..<words.count, with: new)
        )
    }

    /// A placeholder for a value in a proposed line.
    static func placeholder(_ name: String) -> String {
        switch name {
        case "provider", "secret": "PROJECT/HANDLE"
        case "rk_…": "KEY_ID"
        default: name.uppercased()
        }
    }

    private func replacingOption(with new: [String]) -> [String] { replacing(position..<position + 1, with: new) }
}
