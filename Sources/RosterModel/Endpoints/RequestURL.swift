import RosterBytes

/// The URL of a request to a provider.
///
/// Only ``Endpoint`` creates one, from a validated base URL and model.
public struct RequestURL: Hashable, Sendable, CustomStringConvertible {
    /// The scheme, host and port.
    public let origin: Origin
    /// The percent-encoded path with a leading `/`.
    public let path: String
    /// ``path`` with `{model}` instead of the model's segment.
    public let pathTemplate: String
    /// The query without `?`, or empty for a URL without one.
    public let query: String

    /// Appends a path of the slug table to a base URL, with the model as one segment instead of `{model}`.
    init(
        _ base: BaseURL,
        _ path: StaticString,
        model: String,
        plain: PercentEncoding.Plain = .unreserved,
        query: String = ""
    ) {
        origin = base.origin
        pathTemplate = base.path + path.description
        self.path = base.path + Self.expand(path.description, PercentEncoding.encode(model.utf8, except: plain))
        self.query = query
    }

    private static func expand(_ template: String, _ value: String) -> String {
        guard let open = template.firstIndex(of: "{"), let close = template[open...].firstIndex(of: "}") else {
            return template
        }
        return template[..<open] + value + template[template.index(after: close)...]
    }

    /// The absolute URL.
    public var description: String { query.isEmpty ? "\(origin)\(path)" : "\(origin)\(path)?\(query)" }
}
