import RosterModel

/// The base URL that a slug's own SDK is given, and what the SDK appends to it.
struct SDKBaseURL {
    /// The URL.
    let text: String
    /// The version that the SDK appends first; empty for an SDK that appends none.
    let version: String
    /// The path of chat requests, as the SDK puts it together.
    let chatPath: String

    /// Creates the base URL of an endpoint, whose path ends in what the SDK appends itself.
    init(_ endpoint: Endpoint, _ provider: Provider) {
        let facts = provider.slug.facts
        var path = endpoint.base.path
        var appended = ""
        var version = ""
        switch facts.environment.baseURLForm {
        case .whole: break
        case .withoutSuffix:
            let suffix = facts.suffix.description
            if path.hasSuffix(suffix) { path.removeLast(suffix.count) }
            appended = suffix
        case .withoutVersion:
            if let slash = path.lastIndex(of: "/") {
                version = String(path[path.index(after: slash)...])
                path = String(path[..<slash])
            }
            appended = "/" + version
        }
        self.version = version
        text = "\(endpoint.base.origin)\(path)"
        if provider.slug == .azure, provider.config?["apiVersion"]?.string != nil {
            // With a dated version Azure's SDK puts the deployment into the path.
            let deployment = PercentEncoding.encode(provider.defaultModel.utf8)
            chatPath = "\(path)/openai/deployments/\(deployment)/chat/completions"
        } else {
            chatPath = path + appended + endpoint.chat.path.dropFirst(endpoint.base.path.count)
        }
    }
}
