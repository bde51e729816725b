import ArgumentParser
import RosterDiagnostics
import RosterEditing
import RosterJSON
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

    /// A provider of a slug with these settings, of which nothing else matters.
    func provider(_ slug: ProviderSlug) -> JSONObject {
        var fields = JSONObject(members: [
            "name": .string(slug.rawValue), "provider": .string(slug.rawValue), "defaultModel": .string("model"),
            "secret": .string(slug.rawValue),
        ])
        if let baseUrl { fields.set("baseUrl", to: .string(baseUrl)) }
        if let setting = EndpointSetting(of: slug), let value = resourceName ?? region {
            fields.set(["config", setting.name], to: .string(value))
        }
        return fields
    }

    /// Returns the hosts of the requests of a provider of a slug with these settings.
    func hosts(of slug: ProviderSlug, today: CalendarDate) async throws -> [String] {
        let preview = try await EndpointPreview(of: provider(slug), today: today)
        if let error = preview.error {
            // The user gave the setting by an option, under another name than it has in a file.
            func words(_ text: String) -> String { text.replacing("\"baseUrl\"", with: Name.baseURL.rawValue) }
            throw CommandFailure.usage("nothing was sealed: \(words(error.message))", help: error.help.map(words))
        }
        guard let endpoint = preview.endpoint else {
            throw CommandFailure.impossible("the endpoint of \(slug.rawValue) cannot be determined")
        }
        return endpoint.allowedHosts
    }
}
