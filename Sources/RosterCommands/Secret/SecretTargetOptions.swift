import ArgumentParser
import RosterEditing

/// The options for the hosts that a secret may be sent to.
struct SecretTargetOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A host that the key may be sent to, or its URL; may be given several times.",
            valueName: "host"
        )
    )
    var host: [String] = []

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "The provider or the slug that uses the key: its hosts are those of its requests.",
            valueName: "what"
        )
    )
    var purpose: String?

    @OptionGroup var settings: EndpointOptions

    /// The arguments that name a target.
    var arguments: SecretTarget.Arguments {
        SecretTarget.Arguments(hosts: host, purpose: purpose, settings: settings.settings)
    }
}
