import RosterBytes

/// The URL of a request to a provider.
///
/// Only ``Endpoint`` makes one, from a base URL and a model that were judged.
public struct RequestURL: Hashable, Sendable, CustomStringConvertible {
    /// Scheme, host and port.
    public let origin: Origin
    /// The path, percent-encoded, with `/` in front.
    public let path: String
    /// ``path`` with `{model}` in the place of the model's segment, where it has one.
    public let pathTemplate: String
    /// What follows the `?`; empty for a URL without a query.
    public let query: String

    /// Appends a path of the slug table to a base URL, with the model as one segment in the place of `{model}`.
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
