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
    /// The path of the form that signs a person in.
    package static let signIn = PageURL(text: "/sign-in")
    /// The path of the form that signs a person out.
    package static let signOut = PageURL(text: "/sign-out")

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

    /// Creates the path and query of a page of this server; returns nil when a browser could resolve the text to another
    /// host.
    ///
    /// Browsers take a backslash for a slash, and drop tabs and line ends.
    package init?(local path: String) {
        let bytes = path.utf8
        guard bytes.count <= Self.longestLocalPath, bytes.first == UInt8(ascii: "/"),
            bytes.dropFirst().first != UInt8(ascii: "/"),
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        text = bytes.reduce(into: "") { text, byte in
            let isPlain = byte.isASCIILetterOrDigit || byte == UInt8(ascii: "%") || Self.marks.contains(byte)
            text += isPlain ? String(UnicodeScalar(byte)) : PercentEncoding.encode(CollectionOfOne(byte))
        }
    }

    private static let longestLocalPath = 2048

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
