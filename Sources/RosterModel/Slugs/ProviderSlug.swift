import RosterBytes

/// The ten kinds of provider.
public enum ProviderSlug: String, CaseIterable, Sendable {
    /// OpenAI.
    case openai
    /// Anthropic.
    case anthropic
    /// Google's Gemini API.
    case google
    /// xAI.
    case xai
    /// Groq.
    case groq
    /// An Ollama server.
    case ollama
    /// Azure OpenAI.
    case azure
    /// AWS Bedrock.
    case bedrock
    /// A gateway that supports OpenAI's protocol.
    case gateway
    /// Any other endpoint that supports OpenAI's protocol.
    case custom
}

extension ProviderSlug {
    /// Parses a slug from its UTF-8.
    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        for position in Self.names.indices where unsafe Self.names[position].equals(bytes) {
            self = Self.table[position].slug
            return
        }
        return nil
    }

    private static let names = table.map(\.name)
}
