import RosterBytes
package import RosterModel

/// A URL in a link or a form.
///
/// Its text consists of characters that RFC 3986 allows in a URL.
package struct PageURL: Sendable, Hashable {
    /// The URL, before it is escaped for markup.
    package let text: String

    private init(text: String) { self.text = text }

    /// The path of the list of providers.
    package static let list = PageURL(text: "/")
    /// The path of the status.
    package static let status = PageURL(text: "/status.html")

    /// Creates the path of segments, each percent-encoded.
    package init(path segments: [String]) {
        text = segments.map { "/" + PercentEncoding.encode($0.utf8) }.joined()
    }

    /// Creates a query, to be resolved against the current page; parameters without a value are left out.
    package init(query parameters: [(name: String, value: String)]) {
        text =
            "?"
            + parameters.filter { !$0.value.isEmpty }
            .map { "\(PercentEncoding.encode($0.name.utf8))=\(PercentEncoding.encode($0.value.utf8))" }
            .joined(separator: "&")
    }

    /// Creates the path of the list with a query.
    package static func list(query parameters: [(name: String, value: String)]) -> PageURL {
        PageURL(text: "/" + PageURL(query: parameters).text)
    }

    /// Creates the path of the event stream of a page that shows a digest.
    package static func events(since digest: String) -> PageURL {
        PageURL(text: "/events" + PageURL(query: [("digest", digest)]).text)
    }

    /// Creates the path of the page of a provider.
    package static func provider(project: Handle, handle: Handle) -> PageURL {
        PageURL(path: ["p", project.text, handle.text])
    }

    /// Creates the URL of a place outside; returns nil unless it begins with `https://` and consists of the characters of
    /// RFC 3986.
    package init?(outside url: String) {
        let scheme = "https://"
        guard url.utf8.starts(with: scheme.utf8), url.utf8.count > scheme.utf8.count else { return nil }
        var rest = url.utf8.dropFirst(scheme.utf8.count)
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard PercentEncoding.value(ofDigits: rest.prefix(2)) != nil else { return nil }
            } else {
                guard byte.isASCIILetterOrDigit || Self.marks.contains(byte) else { return nil }
            }
        }
        text = url
    }

    /// The characters of RFC 3986 other than letters, digits and `%`.
    private static let marks = Array("-._~:/?#[]@!$&'()*+,;=".utf8)
}

extension HTML {
    /// Returns a link to a place outside, or its text alone when the URL is not one of a web page.
    package static func link(outside url: String?, _ text: HTML) -> HTML {
        guard let url = url.flatMap({ PageURL(outside: $0) }) else { return text }
        return "<a href=\"\(url: url)\" rel=\"noreferrer noopener\">\(text)</a>"
    }
}
