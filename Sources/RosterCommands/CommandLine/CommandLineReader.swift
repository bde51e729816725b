import RosterBytes
import RosterCompiler
import RosterEditing
import RosterFrontend
import RosterModel

/// Matches the words of a command line with the program's commands.
struct CommandLineReader {
    let root: CommandShape
    let words: [String]
    /// The commands down to the one that is read.
    private(set) var path: [CommandShape]
    private(set) var position = 0
    /// The positions of the arguments without a name that were read.
    private(set) var argumentPositions: [Int] = []
    private var givenOptions: Set<String> = []
    private var asksForHelp = false
    /// A Boolean value that indicates whether `--` was read, after which no word is an option.
    private var isTerminated = false
    /// The default subcommand of the group, after a word that belongs to it.
    private var implied: CommandShape?

    init(_ words: [String], root: CommandShape) {
        self.root = root
        self.words = words
        path = [root]
    }

    /// The command that is read.
    var command: CommandShape { implied ?? path[path.count - 1] }
    /// A Boolean value that indicates whether the words after `--` are a program and its arguments.
    var takesProgram: Bool { commandName == ["exec"] }
    /// A Boolean value that indicates whether the arguments are providers of one program.
    var takesProviders: Bool { takesProgram || commandName == ["env"] }
    /// Its name, such as `["provider", "create"]`.
    var commandName: [String] { path.dropFirst().map(\.name) }
    /// The word that is read.
    var word: String { words[position] }

    /// Returns the first fault; nil when there is none.
    static func fault(of words: [String], root: CommandShape) -> CommandLineFault? {
        var reader = CommandLineReader(words, root: root)
        return reader.fault()
    }

    private mutating func fault() -> CommandLineFault? {
        if words.first == "help" { return faultInHelp() }
        while position < words.count {
            if word == "--", !isTerminated {
                implyDefault()
                guard command.commands.isEmpty else { return nil }
                if takesProgram { return missing() }
                isTerminated = true
                position += 1
            } else if let fault = DashedWord.isOption(word) && !isTerminated ? readOption() : readWord() {
                return fault
            }
        }
        return missing()
    }

    private mutating func faultInHelp() -> CommandLineFault? {
        position = 1
        while position < words.count, !command.commands.isEmpty, !DashedWord.isOption(word) {
            guard let next = command.command(named: word) else { return unknownCommand() }
            path.append(next)
            position += 1
        }
        return nil
    }

    private mutating func readWord() -> CommandLineFault? {
        if !command.commands.isEmpty {
            if path.count == 1, word == "help" { return nil }
            guard let next = command.command(named: word) else {
                // What is nearly a command is not an argument of the default one.
                let isNear = NearestName.find(word, among: command.commands.map(\.name)) != nil
                return !isNear && implyDefault() ? nil : unknownCommand()
            }
            path.append(next)
        } else {
            let places = command.arguments
            let argumentCount = argumentPositions.count
            if takesProgram, argumentCount > 0, isProgram { return misplacedProgram() }
            guard argumentCount < places.count || places.last?.isRepeating == true else { return excessArgument() }
            let place = places[min(argumentCount, places.count - 1)]
            if place.isRepeating, word == "help" { return excessArgument() }
            guard place.values.isEmpty || place.values.contains(word) else { return unknownArgument(place) }
            argumentPositions.append(position)
        }
        position += 1
        return nil
    }

    private mutating func readOption() -> CommandLineFault? {
        let (name, value) = Self.parts(of: word)
        guard let option = command.option(named: name) else {
            if implyDefault() { return nil }
            if ["--generate-completion-script", "--experimental-dump-help", "--help-hidden"].contains(name) {
                position = words.count
                asksForHelp = true
                return nil
            }
            return unknownOption()
        }
        givenOptions.formUnion(option.names)
        asksForHelp = asksForHelp || ["--help", "--version"].contains(option.name)
        guard option.takesValue else {
            if let value { return valueOfFlag(option, value) }
            position += 1
            return nil
        }
        guard !ParserWords.isPrefixAlone(words, at: position) else {
            position += 1
            return nil
        }
        guard value == nil else {
            if let fault = unknownValue(value ?? "", of: option, isInline: true) { return fault }
            position += 1
            return nil
        }
        guard position + 1 < words.count, !DashedWord.isOption(words[position + 1]) else {
            return missingValue(of: option)
        }
        if let fault = unknownValue(words[position + 1], of: option, isInline: false) { return fault }
        position += 2
        while option.takesSeveral, position < words.count, !DashedWord.isOption(word) { position += 1 }
        return nil
    }

    /// A Boolean value that indicates whether the word is a program without the `--` that precedes it.
    private var isProgram: Bool {
        guard !words.contains("--"), !words.contains("--dry-run") else { return false }
        return !ShownText.isName(word) || word.utf8.count { $0 == UInt8(ascii: "/") } != 1
    }

    /// Reads the words that follow as those of the default subcommand; returns false when there is none.
    @discardableResult
    private mutating func implyDefault() -> Bool {
        guard let command = command.defaultCommand else { return false }
        implied = command
        return true
    }

    private mutating func missing() -> CommandLineFault? {
        implyDefault()
        guard !asksForHelp, command.commands.isEmpty, path.count > 1 else { return nil }
        let places = command.arguments.filter(\.isRequired)
        if argumentPositions.count < places.count { return missingArgument(places[argumentPositions.count]) }
        if takesProviders, argumentPositions.isEmpty, givenOptions.isDisjoint(with: ["--all", "--prefix"]) {
            return missingArgument(command.arguments[0])
        }
        let isShown = givenOptions.contains("--dry-run")
        if takesProgram, !isShown, words.drop(while: { $0 != "--" }).count < 2 { return missingProgram() }
        let option = command.options.first { $0.isRequired && givenOptions.isDisjoint(with: $0.names) }
        return option.map(missingOption)
    }

    /// Returns whether an option of a name, with its dashes, was given.
    func isGiven(_ option: String) -> Bool { givenOptions.contains(option) || words.contains(option) }

    /// Takes an option apart; `name` has its dashes.
    static func parts(of word: String) -> (name: String, value: String?) {
        guard let equals = word.firstIndex(of: "=") else { return (word, nil) }
        return (String(word[..<equals]), String(word[equals...].dropFirst()))
    }

    /// Returns the words with some of them replaced.
    func replacing(_ range: Range<Int>, with new: [String]) -> [String] {
        Array(words[..<range.lowerBound]) + new + words[range.upperBound...]
    }
}
