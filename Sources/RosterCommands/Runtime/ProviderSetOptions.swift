import ArgumentParser
import RosterBytes
import RosterRuntime

/// The options that name the providers of one program.
struct ProviderSetOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "<project>/<handle>, a unique handle or an id; may be given several times",
            valueName: "provider"
        )
    )
    private var words: [String] = []

    /// The providers that are named without a prefix.
    var targets: [String] { Array(words.prefix { $0 != "--" }) }

    /// The program and its arguments, which follow `--`; see ``ParserWords``.
    var program: [String] { Array(words.drop { $0 != "--" }.dropFirst()) }

    @Flag(help: "Every provider, with prefixes.")
    var all = false

    @Option(help: ArgumentHelp("With --all, the providers of this project only.", valueName: "handle"))
    var project: String?

    @Flag(help: "With --all, also those that use the host's own AWS identity.")
    var ambient = false

    @Option(
        name: .customLong("prefix"),
        help: ArgumentHelp(
            """
            Alone, ROSTER_<PROJECT>_<HANDLE>_API_KEY, …_BASE_URL, …_MODEL and …_PROVIDER in place of the names that SDKs \
            read; with a value, NAME_API_KEY and so on for that provider. May be given several times.
            """,
            valueName: "name=provider"
        )
    )
    var prefixes: [String] = []

    @Flag(help: "Leave out a provider whose variables one that is named before it has.")
    var firstWins = false

    /// A provider that a user named, with the prefix of its variables.
    struct Named {
        var target: String
        var prefix: VariablePrefix?
    }

    /// A Boolean value that indicates whether the variables have prefixes.
    var hasPrefixes: Bool { all || !prefixes.isEmpty }

    /// A Boolean value that indicates whether one provider is named.
    var isSingle: Bool { !all && named.count == 1 }

    /// The providers that are named, those that have a chosen prefix last.
    var named: [Named] {
        targets.map { Named(target: $0) } + prefixes.filter { $0 != ParserWords.alone }.compactMap(Self.named)
    }

    private static func named(_ text: String) -> Named? {
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let target = String(text[equals...].dropFirst())
        guard !target.isEmpty, let prefix = VariablePrefix(custom: String(text[..<equals])) else { return nil }
        return Named(target: target, prefix: prefix)
    }

    func validate() throws {
        guard all || !named.isEmpty || prefixes.contains(where: { $0 != ParserWords.alone }) else {
            throw ValidationError("Name a provider, or give --all.")
        }
        guard !all || targets.isEmpty else {
            throw ValidationError("--all takes every provider: leave it out, or \(targets.joined(separator: ", ")).")
        }
        guard all || project == nil else { throw ValidationError("--project goes with --all.") }
        guard all || !ambient else { throw ValidationError("--ambient goes with --all.") }
        guard !firstWins || !hasPrefixes else {
            throw ValidationError("With prefixes no two providers have the same variable: leave --first-wins out.")
        }
        for text in prefixes where text != ParserWords.alone {
            guard let prefix = Self.named(text)?.prefix else {
                throw ValidationError(
                    "--prefix is NAME=PROVIDER, where NAME has letters, digits and _ only: --prefix CHAT=acme/gpt-4o"
                )
            }
            guard !InheritedVariables.isRead(prefix) else {
                throw ValidationError(
                    "Variables that begin with \(prefix.text)_ are those of SDKs: choose another prefix."
                )
            }
        }
    }
}
