package import RosterModel

extension BaseURL.Reason {
    /// Returns a message and advice about a URL that is refused; `part` is the text to blame, `nil` to leave it out.
    package func words(of what: String, part: String?) -> (message: String, help: String?) {
        switch self {
        case .notAbsolute: ("\(what) is not an absolute URL", "write https://<host>/<path>")
        case .scheme: ("\(what) must start with https:// or http://", nil)
        case .character: ("\(what) holds a character that no URL has", "percent-encode it, or delete it")
        case .backslash: ("\(what) holds a backslash", "write / instead; some programs read a backslash as one")
        case .userInfo:
            ("\(what) holds a user name or password", "delete the part up to @; a key belongs in a secret")
        case .query: ("\(what) has a query", "delete ? and what follows")
        case .fragment: ("\(what) has a fragment", "delete # and what follows")
        case .percentInHost: ("the host of \(what) holds a percent sign", "write the host in plain ASCII")
        case .port:
            (
                "in \(what) the host's colon is not followed by a port",
                "a port is a number from 1 to 65535, without leading zeros"
            )
        case .dotSegment: ("the path of \(what) has a segment that is . or ..", "write the path that it resolves to")
        case .emptySegment: ("the path of \(what) has an empty segment", "write one slash instead of two")
        case .traversal:
            (
                "\(what) holds \(part.map { quoted($0) } ?? "a character"), which some servers read as a step to another path",
                "write the path without it"
            )
        case .percentEncoding: ("a percent sign in \(what) is not followed by two hex digits", nil)
        case .host(let refusal): (HostWords.message(refusal, of: what), HostWords.help(refusal))
        }
    }
}
