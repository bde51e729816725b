import ArgumentParser
import RosterJSON
import RosterModel

/// A command as the parser knows it: its names, options, arguments and subcommands.
struct CommandShape: Sendable {
    /// An option or a flag.
    struct Option: Sendable {
        /// The names with their dashes.
        let names: [String]
        let takesValue: Bool
        /// A Boolean value that indicates whether the value may have several words, up to the next option.
        let takesSeveral: Bool
        let isRequired: Bool
        let valueName: String
        /// The allowed values; empty when any text is allowed.
        let values: [String]

        /// The name that is shown.
        var name: String { names.first { $0.hasPrefix("--") } ?? names[0] }
    }

    /// An argument without a name.
    struct Argument: Sendable {
        let name: String
        let isRequired: Bool
        let isRepeating: Bool
        /// The allowed values; empty when any text is allowed.
        let values: [String]
    }

    let name: String
    let aliases: [String]
    let options: [Option]
    let arguments: [Argument]
    let commands: [CommandShape]
    /// The name of the subcommand that runs when none is named; nil when one has to be.
    let defaultName: String?

    /// The subcommand that runs when none is named.
    var defaultCommand: CommandShape? { defaultName.flatMap(command(named:)) }

    /// Every command of the program, from the description that the parser gives of itself.
    ///
    /// Only a command line that failed needs it: the parser takes longer for it than for a start of the program.
    static let root: CommandShape? = {
        guard let dump = try? JSONReader.read(RosterCommand._dumpHelp()) else { return nil }
        return dump.object?["command"].flatMap(CommandShape.init)
    }()

    private init?(_ json: JSONValue) {
        guard let object = json.object, let name = object["commandName"]?.string else { return nil }
        self.name = name
        aliases = Self.strings(object["aliases"])
        commands = Self.list(object["subcommands"]).compactMap(CommandShape.init)
        defaultName = object["defaultSubcommand"]?.string
        let arguments = Self.list(object["arguments"]).compactMap(\.object)
        options = arguments.compactMap(Self.option)
        self.arguments = arguments.filter { $0["kind"]?.string == "positional" }.map {
            Argument(
                name: $0["valueName"]?.string ?? "",
                isRequired: $0["isOptional"] == .boolean(false),
                isRepeating: $0["isRepeating"] == .boolean(true),
                values: Self.strings($0["allValues"])
            )
        }
    }

    private static func option(_ json: JSONObject) -> Option? {
        let names = list(json["names"]).compactMap(\.object).compactMap { name in
            name["name"]?.string.map { (name["kind"]?.string == "long" ? "--" : "-") + $0 }
        }
        guard !names.isEmpty else { return nil }
        return Option(
            names: names,
            takesValue: json["kind"]?.string == "option",
            takesSeveral: json["parsingStrategy"]?.string == "upToNextOption",
            isRequired: json["isOptional"] == .boolean(false),
            valueName: json["valueName"]?.string ?? "value",
            values: strings(json["allValues"])
        )
    }

    private static func list(_ json: JSONValue?) -> [JSONValue] {
        if case .array(let elements)? = json { elements } else { [] }
    }

    private static func strings(_ json: JSONValue?) -> [String] { list(json).compactMap(\.string) }

    /// Returns the subcommand of a name or alias.
    func command(named name: String) -> CommandShape? {
        commands.first { $0.name == name || $0.aliases.contains(name) }
    }

    /// Returns the option of a name with its dashes.
    func option(named name: String) -> Option? { options.first { $0.names.contains(name) } }

    /// Returns the option with a name that differs only in letter case, dashes or underscores.
    func option(spelled name: String) -> Option? {
        let wanted = Self.letters(of: name)
        return wanted.isEmpty ? nil : options.first { $0.names.contains { Self.letters(of: $0) == wanted } }
    }

    /// Returns the subcommand with a name that differs only in spelling, or that is a plural.
    func command(spelled name: String) -> CommandShape? {
        let wanted = Self.letters(of: name)
        return commands.first { command in
            ([command.name] + command.aliases).contains {
                let letters = Self.letters(of: $0)
                return wanted == letters || wanted == letters + "s" || wanted + "s" == letters
                    || letters.last == "y" && wanted == letters.dropLast() + "ies"
            }
        }
    }

    private static func letters(of name: String) -> String {
        String(String.UnicodeScalarView(name.unicodeScalars.filter { $0 != "-" && $0 != "_" })).lowercased()
    }
}
