import ArgumentParser
import RosterEditing
import RosterModel

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

    /// One of the options.
    enum Name: String {
        case resourceName = "--resource-name"
        case region = "--region"
        case baseURL = "--base-url"

        /// The slugs whose endpoint depends on it; nil for every slug.
        var slugs: [ProviderSlug]? {
            switch self {
            case .baseURL: nil
            case .resourceName, .region:
                ProviderSlug.allCases.filter { EndpointSetting(of: $0)?.option?.name == rawValue }
            }
        }
    }

    /// The options that are given, in the order of the help.
    var given: [(name: Name, value: String)] {
        [(Name.resourceName, resourceName), (.region, region), (.baseURL, baseUrl)].compactMap { name, value in
            value.map { (name, $0) }
        }
    }

    /// The settings, without their options.
    var settings: EndpointSettings {
        EndpointSettings(resourceName: resourceName, region: region, baseURL: baseUrl)
    }
}
