import ArgumentParser
import RosterEditing

/// The settings of a provider that decide where its requests go, as options of `secret set --for SLUG`.
struct EndpointOptions: ParsableArguments {
    @Option(help: ArgumentHelp("With --for azure: the name of the resource, which is in its host.", valueName: "name"))
    var resourceName: String?

    @Option(
        help: ArgumentHelp("With --for bedrock or --for xai: the region, which is in its hosts.", valueName: "region")
    )
    var region: String?

    @Option(help: ArgumentHelp("With --for and any slug: the provider's base URL.", valueName: "url"))
    var baseUrl: String?

    /// The settings, without their options.
    var settings: EndpointSettings {
        EndpointSettings(resourceName: resourceName, region: region, baseURL: baseUrl)
    }
}
