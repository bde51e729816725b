import RosterEditing
import RosterJSON

/// A format of another program's configuration.
package enum ExportFormat: String, CaseIterable, Sendable {
    /// The configuration of the LiteLLM proxy.
    case litellm
    /// Variables.
    case dotenv
    /// The providers of opencode.
    case opencode
    /// Objects of Envoy AI Gateway.
    case envoyAIGateway = "envoy-ai-gateway"
    /// Objects of Kubernetes.
    case kubernetes
    /// A list for scripts.
    case openaiJSON = "openai-json"

    /// A Boolean value that indicates whether an export can contain keys.
    package var hasValues: Bool { self == .dotenv || self == .kubernetes }

    /// Returns the configuration of providers, without any key.
    ///
    /// - Parameters:
    ///   - providers: the providers, in the order in which they are written.
    ///   - findings: gets a finding for each part that the format cannot express.
    /// - Returns: a complete file.
    package func text(of providers: [ExportedProvider], _ findings: inout [ExportFinding]) -> String {
        if providers.isEmpty { findings.append(.empty) }
        let comment = self == .litellm ? "# Start it: roster exec --all -- litellm --config FILE\n" : ""
        return comment + configuration(of: providers, &findings)
    }

    /// Returns the file of ``text(of:_:)`` without a comment about its use.
    package func configuration(of providers: [ExportedProvider], _ findings: inout [ExportFinding]) -> String {
        switch self {
        case .litellm: return ValueText.document(LiteLLMExport.document(providers, &findings))
        case .dotenv: return DotenvExport.names(providers)
        case .opencode: return OpenCodeExport.text(providers, &findings)
        case .envoyAIGateway: return Self.stream(EnvoyExport.documents(providers, &findings))
        case .kubernetes: return Self.stream(KubernetesExport.documents(providers, &findings))
        case .openaiJSON:
            var json = JSONWriter(.pretty)
            json.value(OpenAIJSONExport.document(providers, &findings))
            json.endLine()
            return json.text
        }
    }

    /// Returns documents as a stream of YAML.
    private static func stream(_ documents: [JSONValue]) -> String {
        documents.map { ValueText.document($0) }.joined(separator: "---\n")
    }
}
