import RosterBytes
import RosterModel

/// The base URL for a slug's own SDK, and the path of the chat requests that the SDK derives from it.
struct SDKBaseURL {
    /// The URL.
    let text: String
    /// The version that the SDK appends to the URL; empty for an SDK that takes none.
    let version: String
    /// The path of chat requests, as the SDK puts it together.
    let chatPath: String

    /// Creates the base URL of an endpoint, without the suffix that the SDK appends.
    init(_ endpoint: Endpoint, _ slug: ProviderSlug) {
        let environment = slug.facts.environment
        let suffix = environment.baseURLForm == .withoutSuffix ? endpoint.suffix : ""
        let base = endpoint.base
        text = "\(base.origin)\(String(decoding: base.path.utf8.dropLast(suffix.utf8.count), as: UTF8.self))"
        version = environment.version == nil ? "" : String(suffix.dropFirst())
        // Google's SDK does not encode the slash of a model. A base URL has no encoded slash.
        let path = endpoint.chat.path
        chatPath = slug == .google ? path.replacing("%2F", with: "/") : path
    }
}
