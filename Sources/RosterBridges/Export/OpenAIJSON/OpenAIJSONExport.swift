import RosterJSON
import RosterModel
import RosterRuntime

/// A list of providers for scripts with a client of OpenAI.
enum OpenAIJSONExport {
    /// Returns the list.
    static func document(_ providers: [ExportedProvider], _ findings: inout [ExportFinding]) -> JSONValue {
        var entries: [JSONValue] = []
        for provider in providers {
            guard let base = provider.openAIBase else {
                findings.append(.leftOut(provider, provider.reasonWithoutOpenAI))
                continue
            }
            provider.note(base, &findings)
            if provider.maySign {
                findings.append(.changed(provider, "a client of OpenAI needs a Bedrock API key, not an access key"))
            }
            for setting in provider.settingsOutsideURL {
                findings.append(.omitted("config.\(setting)", of: provider, "the list has no member for it"))
            }
            let variable = provider.isKeyed ? provider.prefix.name(.apiKey) : nil
            entries.append([
                "handle": .string(provider.name), "base_url": .string(base.url),
                "model": .string(provider.record.defaultModel), "api_key_env": variable.map { .string($0) } ?? .null,
            ])
        }
        return .array(entries)
    }
}
