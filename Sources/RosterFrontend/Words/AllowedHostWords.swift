package import RosterModel

extension AllowedHost.Refusal {
    /// Returns a message and advice about an entry that is refused.
    package func words(of text: String) -> (message: String, help: String?) {
        switch self {
        case .scheme: ("\(quoted(text)) has a scheme", "write the host alone, such as api.openai.com")
        case .host(let refusal): (HostWords.message(refusal, of: quoted(text)), HostWords.help(refusal))
        case .notLowercase: ("\(quoted(text)) is not in lower case", "write \(text.lowercased())")
        case .port: ("the port of \(quoted(text)) is not a number", "a port is a number from 1 to 65535")
        case .path: ("the path of \(quoted(text)) does not end in /", "write \(text)/")
        case .pathReason(let reason): Self.pathWords(for: reason, text)
        case .wildcardPlace: ("the * of \(quoted(text)) is not its first label", "write *.<name>")
        case .wildcardTooWide: ("\(quoted(text)) is too wide", "*. is followed by at least two labels")
        case .wildcardAddress: ("\(quoted(text)) has *. before an IP address", "write the address alone")
        case .sharedSuffix(let suffix):
            ("anyone can register a name under \(suffix) and would receive the key", "name the whole host")
        case .forbidden: ("\(quoted(text)) is a link-local or metadata address; no key is ever sent there", nil)
        }
    }

    private static func pathWords(for reason: BaseURL.Reason, _ text: String) -> (String, String?) {
        let path = "the path of \(quoted(text))"
        return switch reason {
        case .dotSegment: ("\(path) has a segment that is . or ..", "write the path that it resolves to")
        case .emptySegment: ("\(path) has an empty segment", "write one slash instead of two")
        case .traversal, .backslash:
            ("\(path) contains text that some servers resolve to another path", "write the path without ;, \\ and %")
        case .query, .fragment: ("\(path) is followed by a query or a fragment", "delete ? or # and what follows")
        default: ("\(path) contains a character that no path has", "percent-encode it, or delete it")
        }
    }
}
