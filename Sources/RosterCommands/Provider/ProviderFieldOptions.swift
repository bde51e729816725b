import ArgumentParser
import RosterEditing

/// The fields of a provider as arguments.
struct ProviderFieldOptions: ParsableArguments {
    @Option(help: "A label for people.")
    var name: String?

    @Option(help: ArgumentHelp("The kind of provider, one of the ten slugs.", valueName: "slug"))
    var provider: String?

    @Option(help: ArgumentHelp("The model to request; for azure, the name of the deployment.", valueName: "text"))
    var defaultModel: String?

    @Option(help: ArgumentHelp("The secret of the same project that holds the key.", valueName: "handle"))
    var secret: String?

    @Option(help: ArgumentHelp("A URL in place of the slug's own endpoint.", valueName: "url"))
    var baseUrl: String?

    @Option(
        help: ArgumentHelp("A setting, such as retry.max=3; may be given several times.", valueName: "key.path=value")
    )
    var config: [String] = []

    @Option(help: ArgumentHelp("The whole config, as a JSON object.", valueName: "json"))
    var configJson: String?

    @Option(help: ArgumentHelp("The file's name (default: derived from the name).", valueName: "handle"))
    var handle: String?

    /// The words that are given.
    var arguments: ProviderArguments {
        var arguments = ProviderArguments()
        arguments.name = name
        arguments.provider = provider
        arguments.defaultModel = defaultModel
        arguments.secret = secret
        arguments.baseURL = baseUrl
        arguments.config = config
        arguments.configJSON = configJson
        arguments.handle = handle
        return arguments
    }
}
