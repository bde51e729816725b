import RosterEditing
import RosterJSON

/// A format of another program's configuration.
package enum ExportFormat: String, CaseIterable, Sendable {
    /// The configuration of the LiteLLM proxy.
    case litellm

    /// Returns the configuration of providers, without any key.
    ///
    /// - Parameters:
    ///   - providers: the providers, in the order in which they are written.
    ///   - findings: gets a finding for each part that the format cannot express.
    /// - Returns: a complete file.
    package func text(of providers: [ExportedProvider], _ findings: inout [ExportFinding]) -> String {
        if providers.isEmpty { findings.append(.whole("there are no providers to export")) }
        switch self {
        case .litellm:
            let document = LiteLLMExport.document(providers, &findings)
            return Self.head("litellm", "Start it: roster exec --all -- litellm --config FILE") + ValueText.document(document)
        }
    }

    private static func head(_ format: String, _ use: String) -> String {
        "# Written by roster export \(format). \(use)\n"
    }
}
