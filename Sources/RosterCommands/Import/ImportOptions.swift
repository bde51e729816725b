import ArgumentParser

/// The options that the imports share.
struct ImportOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The project that the providers belong to.", valueName: "handle"))
    var project: String

    @Option(
        help: ArgumentHelp(
            "The default model where the source names none, by provider: openai=gpt-5.6. Can be repeated.",
            valueName: "name=model"
        )
    )
    var model: [String] = []

    @Flag(help: "Print the findings and the change as a diff, and write nothing.")
    var dryRun = false

    @Flag(help: "Write nothing if a value is refused, and exit with code 1.")
    var strict = false

    @OptionGroup var sealing: SealingOptions

    /// The models by provider.
    var models: [String: String] {
        Dictionary(
            model.compactMap { text in
                guard let equals = text.firstIndex(of: "=") else { return nil }
                return (String(text[..<equals]), String(text[text.index(after: equals)...]))
            }
        ) { _, last in last }
    }

    func validate() throws {
        for text in model {
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else {
                throw ValidationError("--model needs PROVIDER=MODEL: --model openai=gpt-5.6")
            }
        }
    }
}
