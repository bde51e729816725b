extension ProtocolFamily {
    /// The paths of operations, each as its segments, that people copy from the documentation into a base URL.
    ///
    /// `{model}` is one segment, or the part of one before a `:`. The sources are the vendors' references:
    /// platform.openai.com/docs/api-reference, docs.anthropic.com/en/api, ai.google.dev/api,
    /// github.com/ollama/ollama/blob/main/docs/api.md and docs.aws.amazon.com/bedrock/latest/APIReference.
    package var operations: [[String]] { Self.table[self] ?? [] }

    private static let table: [ProtocolFamily: [[String]]] = [
        .openai: segments([
            "/chat/completions", "/completions", "/responses", "/embeddings", "/models", "/images/generations",
            "/audio/transcriptions", "/audio/speech", "/moderations",
        ]),
        .anthropic: segments(["/messages", "/messages/batches", "/messages/count_tokens", "/models", "/complete"]),
        .google: segments([
            "/models", "/models/{model}", "/models/{model}:generateContent", "/models/{model}:streamGenerateContent",
            "/models/{model}:embedContent", "/models/{model}:countTokens",
        ]),
        .ollama: segments([
            "/api/chat", "/api/generate", "/api/tags", "/api/embed", "/api/embeddings", "/api/show", "/api/ps",
            "/api/pull", "/api/version",
        ]),
        .bedrock: segments([
            "/model/{model}/converse", "/model/{model}/converse-stream", "/model/{model}/invoke",
            "/model/{model}/invoke-with-response-stream", "/foundation-models",
        ]),
    ]

    private static func segments(_ paths: [String]) -> [[String]] {
        paths.map { $0.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) } }
    }
}

extension SlugFacts {
    /// The operations of the slug's protocol, and the beginnings of the paths that Roster itself appends.
    package var ownPaths: [[String]] { Self.ownPaths[slug.position] }

    private static let ownPaths: [[[String]]] = ProviderSlug.table.map { facts in
        var paths = facts.protocolFamily.operations
        for path in [facts.chatPath, facts.modelsPath] {
            let segments = path.description.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
            for count in segments.indices { paths.append(Array(segments[...count])) }
        }
        return paths
    }
}
