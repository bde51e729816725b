import RosterJSON
import RosterModel
import RosterRuntime

/// The providers of `opencode.json`.
///
/// https://opencode.ai/docs/providers and https://opencode.ai/config.json
enum OpenCodeExport {
    /// Returns the configuration as JSON.
    static func text(_ providers: [ExportedProvider], _ findings: inout [ExportFinding]) -> String {
        var entries: [OpenCodeValue.Member] = []
        for provider in providers {
            guard let (package, options) = options(of: provider, &findings) else {
                findings.append(.leftOut(provider, "no package sends its requests to \(provider.endpoint.chat)"))
                continue
            }
            for setting in provider.freeSettings {
                findings.append(.omitted("config.\(setting)", of: provider, "opencode has no option for it"))
            }
            let model = provider.record.defaultModel
            let entry: [OpenCodeValue.Member] = [
                ("npm", .text("@ai-sdk/" + package)), ("name", .text(provider.record.name)),
                ("options", .object(options)), ("models", .object([(model, .object([("name", .text(model))]))])),
            ]
            entries.append((provider.objectName, .object(entry)))
        }
        var json = JSONWriter(.pretty)
        OpenCodeValue.object([("$schema", .text("https://opencode.ai/config.json")), ("provider", .object(entries))])
            .write(to: &json)
        json.endLine()
        return json.text
    }

    /// Returns the package that supports the provider's protocol, and its options; nil when there is none.
    private static func options(
        of provider: ExportedProvider,
        _ findings: inout [ExportFinding]
    ) -> (package: String, options: [OpenCodeValue.Member])? {
        let base: OpenCodeValue.Member = ("baseURL", .text("\(provider.endpoint.base)"))
        let key: [OpenCodeValue.Member] = provider.isKeyed ? [("apiKey", reference(provider, .apiKey))] : []
        switch provider.facts.protocolFamily {
        case .anthropic:
            let version = provider.setting("version").map { [("anthropic-version", $0)] } ?? []
            return ("anthropic", [base] + key + headers(version))
        case .google:
            // The package asks for any other name with a slash outside of the collection of models.
            let name = provider.record.defaultModel
            let isInCollection = ["models/", "tunedModels/"].contains(where: name.hasPrefix)
            guard isInCollection || !name.utf8.contains(UInt8(ascii: "/")) else { return nil }
            return ("google", [base] + key)
        case .bedrock:
            // A variable that is not set is replaced by an empty text, which the package takes for a missing option.
            let names = ["accessKeyId", "secretAccessKey", "sessionToken"]
            let parts = zip(names, provider.keySuffixes.dropFirst()).map { ($0, reference(provider, $1)) }
            let region = provider.setting("region").map { [("region", OpenCodeValue.text($0))] } ?? []
            return ("amazon-bedrock", region + [base] + key + parts)
        case .openai, .ollama:
            if let version = provider.setting("apiVersion") {
                let url = provider.endpoint.chat.description.prefix { $0 != "?" }.dropLast("/chat/completions".count)
                let options: [OpenCodeValue.Member] = [
                    ("baseURL", .text(String(url))),
                    ("headers", .object([("api-key", reference(provider, .apiKey))])),
                    ("queryParams", .object([("api-version", .text(version))])),
                ]
                return (compatible, options)
            }
            guard let base = provider.openAIBase else { return nil }
            provider.note(base, &findings)
            return (compatible, [("baseURL", .text(base.url))] + key + headers(provider.openAIHeaders))
        }
    }

    private static let compatible = "openai-compatible"

    private static func headers(_ headers: [(name: String, value: String)]) -> [OpenCodeValue.Member] {
        headers.isEmpty ? [] : [("headers", .object(headers.map { ($0.name, .text($0.value)) }))]
    }

    private static func reference(_ provider: ExportedProvider, _ suffix: VariablePrefix.Suffix) -> OpenCodeValue {
        .variable(provider.prefix.name(suffix))
    }
}
