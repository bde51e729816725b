import RosterBytes
import RosterModel

/// Settings of the comment on a pull request.
package struct CommentOptions: Sendable {
    /// The base URL of the head's files; nil for a comment without links.
    package var links: LinkBase?
    /// The lowest risk that fails the gate; nil without a gate.
    package var gate: Risk?
    /// A Boolean value that indicates whether the plan of the review is accepted.
    package var isAccepted: Bool

    package init(links: LinkBase? = nil, gate: Risk? = nil, isAccepted: Bool = false) {
        (self.links, self.gate, self.isAccepted) = (links, gate, isAccepted)
    }
}

/// The base URL of the head's files on a host, such as `https://github.com/acme/registry/blob/COMMIT`.
package struct LinkBase: Sendable, Hashable {
    private let url: String

    /// Parses a URL; returns nil unless it is an HTTP or HTTPS URL without escapes, query and fragment.
    package init?(_ text: String) {
        guard let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) }) else { return nil }
        let rest = text.dropFirst(scheme.count)
        let isAllowed = { (byte: UInt8) in
            Self.isUnreserved(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
        }
        guard let first = rest.utf8.first, first.isASCIILetterOrDigit, rest.utf8.allSatisfy(isAllowed),
            rest.utf8.count <= 1_000
        else { return nil }
        var end = rest[...]
        while end.hasSuffix("/") { end.removeLast() }
        url = scheme + end
    }

    /// Returns the URL of a line of a file.
    func url(path: String, line: Int?) -> String {
        let result = url + "/" + PercentEncoding.encode(path.utf8, except: .path)
        return result + (line.map { "#L\($0)" } ?? "")
    }

    /// Returns whether a byte is an unreserved character of RFC 3986.
    private static func isUnreserved(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "~")
    }
}
