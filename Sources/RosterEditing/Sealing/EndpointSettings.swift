import RosterDiagnostics
package import RosterJSON
package import RosterModel
import RosterFrontend

/// The settings of a provider that determine the hosts of its requests.
package struct EndpointSettings: Sendable, Hashable {
    /// The name of the resource, which is a part of Azure's host.
    package var resourceName: String?
    /// The region, which is a part of the hosts of Bedrock and xAI.
    package var region: String?
    /// The provider's base URL.
    package var baseURL: String?

    /// Creates settings.
    package init(resourceName: String? = nil, region: String? = nil, baseURL: String? = nil) {
        (self.resourceName, self.region, self.baseURL) = (resourceName, region, baseURL)
    }

    /// Returns the fields of a provider of a slug with these settings, and placeholders for the others.
    package func provider(_ slug: ProviderSlug) -> JSONObject {
        var fields = JSONObject(members: [
            "name": .string(slug.rawValue), "provider": .string(slug.rawValue), "defaultModel": .string("model"),
            "secret": .string(slug.rawValue),
        ])
        if let baseURL { fields.set("baseUrl", to: .string(baseURL)) }
        if let setting = EndpointSetting(of: slug), let value = resourceName ?? region {
            fields.set(["config", setting.name], to: .string(value))
        }
        return fields
    }

    /// Returns the hosts of the requests of a provider of a slug with these settings.
    ///
    /// - Throws: ``EditFailure`` when a setting is not valid.
    package func hosts(of slug: ProviderSlug, today: CalendarDate) async throws -> [String] {
        let preview = try await EndpointPreview(of: provider(slug), today: today)
        if let error = preview.error {
            // The user gave the setting by an option, with another name than in a file.
            func words(_ text: String) -> String { text.replacing("\"baseUrl\"", with: "--base-url") }
            throw EditFailure(.invalid, "nothing was sealed: \(words(error.message))", help: error.help.map(words))
        }
        guard let endpoint = preview.endpoint else {
            throw EditFailure(.notFound, "the endpoint of \(slug.rawValue) cannot be determined")
        }
        return endpoint.allowedHosts
    }
}
