import ArgumentParser

/// The options of every command, which may precede or follow its name.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The repository (default: ROSTER_REPO, or the nearest folder upwards with roster.yaml).",
            valueName: "dir"
        )
    )
    var repo: String?

    @Option(help: "When to use color.")
    var color: ColorChoice = .auto

    @Flag(name: .shortAndLong, help: "Print results and errors only.")
    var quiet = false

    enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
        case auto, always, never
    }
}
