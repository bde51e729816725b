import RosterCompiler
import RosterFrontend
import RosterModel
import RosterEditing

// Arguments without a name: too many, or too few.

extension CommandLineReader {
    /// An argument that the command has no place for.
    func excessArgument() -> CommandLineFault {
        let name = commandName.joined(separator: " ")
        if word == "help" {
            let help = ["help"] + commandName
            return CommandLineFault(
                path: commandName,
                message: "\(name) has no command \"help\": did you mean \"\(help.joined(separator: " "))\"?",
                intended: help
            )
        }
        if commandName == ["secret", "set"] {
            return CommandLineFault(
                path: commandName,
                message: "the value of a secret is never an argument, where other users of this machine could read it",
                intended: replacing(position..<position + 1, with: []),
                help: "type it at the prompt, or pipe it in"
            )
        }
        let places = command.arguments.map { "<\($0.name)>" }
        let expected = places.isEmpty ? "no argument" : "only \(places.joined(separator: " "))"
        return CommandLineFault(
            path: commandName,
            message: "\(name) takes \(expected), and \(ShownText.argument(word)) is one too many",
            intended: replacing(position..<position + 1, with: optionsForArgument() ?? [])
        )
    }

    /// The options that an argument was meant for.
    private func optionsForArgument() -> [String]? {
        func isFree(_ option: String) -> Bool { command.option(named: option) != nil && !isGiven(option) }
        let parts = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if isFree("--handle"), isFree("--project"), ShownText.isName(word), parts.count == 2 {
            return ["--project", parts[0], "--handle", parts[1]]
        }
        if command.name == "init", isFree("--project"), Handle(word) != nil { return ["--project", word] }
        if command.name == "update", isFree("--handle"), Handle(word) != nil { return ["--handle", word] }
        if isFree("--port"), UInt16(word) != nil { return ["--port", word] }
        if isFree("--registry"), word.hasSuffix(".json") { return ["--registry", word] }
        // `model=gpt-4o` is an assignment of other programs, not a name.
        guard !word.contains("=") else { return nil }
        return ["--name", "--output"].first(where: isFree).map { [$0, word] }
    }

    /// An argument that has to be given.
    func missingArgument(_ argument: CommandShape.Argument) -> CommandLineFault {
        let isNew = ["set", "create", "add"].contains(command.name)
        let group = path.count > 2 ? path[1] : root.command(named: argument.name)
        let list = isNew ? nil : group.flatMap { $0.command(named: "list") == nil ? nil : "\($0.name) list" }
        let place = words.firstIndex(of: "--") ?? words.count
        return CommandLineFault(
            path: commandName,
            message: "\(commandName.joined(separator: " ")) needs <\(argument.name)>",
            intended: replacing(
                place..<place,
                with: [argument.values.first ?? CommandLineReader.placeholder(argument.name)]
            ),
            remark: argument.values.isEmpty
                ? list.map { "list them: roster \($0)" } : "it is one of \(argument.values.joined(separator: ", "))"
        )
    }

    /// A program without the `--` that precedes it.
    func misplacedProgram() -> CommandLineFault {
        CommandLineFault(
            path: commandName,
            message: "the program that \(commandName.joined(separator: " ")) runs follows after \"--\"",
            intended: replacing(position..<position, with: ["--"])
        )
    }

    /// The program that has to be given after `--`.
    func missingProgram() -> CommandLineFault {
        CommandLineFault(
            path: commandName,
            message: "\(commandName.joined(separator: " ")) needs the program to run, after \"--\"",
            intended: replacing(words.count..<words.count, with: ["--", "COMMAND"])
        )
    }

    /// An argument that is not one of the values that there are.
    func unknownArgument(_ argument: CommandShape.Argument) -> CommandLineFault {
        let known = argument.values.joined(separator: ", ")
        let subject = "\(ShownText.argument(word)) is not a <\(argument.name)> of \(commandName.joined(separator: " "))"
        guard let near = NearestName.find(word, among: argument.values) else {
            return CommandLineFault(path: commandName, message: subject, help: "it is one of \(known)")
        }
        return CommandLineFault(
            path: commandName,
            message: "\(subject): did you mean \"\(near)\"?",
            intended: replacing(position..<position + 1, with: [near])
        )
    }
}
