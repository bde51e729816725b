import RosterBytes

extension EndpointSetting {
    /// Finds the value of a slug's setting that a base URL names.
    ///
    /// - Parameters:
    ///   - slug: the provider's slug.
    ///   - url: the provider's `baseUrl`.
    /// - Returns: the value, or empty for the slug's endpoint without a region, or nil when the URL does not name one.
    public static func value(of slug: ProviderSlug, in url: BaseURL) -> String? {
        if slug == .google {
            let last = url.path.split(separator: "/").last
            return last.flatMap { Endpoint.isVersion($0) ? String($0) : nil }
        }
        guard case .name(let host) = url.origin.host else { return nil }
        switch slug {
        case .bedrock: return BedrockRegion.named(inHost: host)
        case .xai: return host == "api.x.ai" ? "" : singleLabel(of: host, before: [".api.x.ai"])
        case .azure: return singleLabel(of: host, before: azureSuffixes)
        default: return nil
        }
    }

    /// The versions that Google documents for Gemini.
    public static let versionsOfGoogle = ["v1", "v1beta", "v1alpha"]

    /// The domains of the hosts of Azure's resources, in all of Azure's clouds.
    ///
    /// From Azure's page on private endpoints: "Private DNS zone values", Azure OpenAI, AI services and Foundry.
    private static let azureSuffixes: [StaticString] = [
        ".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com",
        ".openai.azure.us", ".cognitiveservices.azure.us", ".services.ai.azure.us",
        ".openai.azure.cn", ".cognitiveservices.azure.cn", ".services.ai.azure.cn",
    ]

    /// Returns the single label before one of the suffixes, after which `.privatelink` is allowed.
    private static func singleLabel(of host: String, before suffixes: [StaticString]) -> String? {
        for suffix in suffixes where suffix.isSuffix(of: host) {
            var name = host.utf8.dropLast(suffix.utf8CodeUnitCount)
            if name.suffix(".privatelink".utf8.count).elementsEqual(".privatelink".utf8) {
                name = name.dropLast(".privatelink".utf8.count)
            }
            return name.isEmpty || name.contains(UInt8(ascii: ".")) ? nil : String(decoding: name, as: UTF8.self)
        }
        return nil
    }
}
