import RosterBytes
package import RosterModel

extension BaseURL.Reason {
    /// Returns a message and advice about a URL that is refused; `part` is the text to blame, `nil` to leave it out.
    package func words(of what: String, part: String?) -> (message: String, help: String?) {
        switch self {
        case .notAbsolute: Self.words(of: what, withoutScheme: part)
        case .scheme: ("\(what) must start with https:// or http://", nil)
        case .character where part == " ": ("\(what) has a space in it", "delete the space")
        case .character: ("\(what) has a character that no URL has", "percent-encode it, or delete it")
        case .backslash: ("\(what) contains a backslash", "write / instead; some programs read a backslash as one")
        case .userInfo:
            ("\(what) contains a user name or password", "delete the part from // to @; a key belongs in a secret")
        case .query: ("\(what) has a query", "delete the ? and everything after it")
        case .fragment: ("\(what) has a fragment", "delete the # and everything after it")
        case .percentInHost: ("the host of \(what) contains a percent sign", "write the host in plain ASCII")
        case .port:
            (
                part.map { "\(quoted($0.dropFirst())), after the host of \(what), is not a port" }
                    ?? "in \(what) the colon after the host is not followed by a port",
                "a port is a number from 1 to 65535, without leading zeros"
            )
        case .dotSegment: ("the path of \(what) has a segment that is . or ..", "write the path that it resolves to")
        case .emptySegment: ("the path of \(what) has an empty segment", "write one slash instead of two")
        case .traversal:
            (
                "\(what) contains \(part.map { quoted($0) } ?? "a character"), "
                    + "which some servers resolve to another path",
                "write the path without it"
            )
        case .percentEncoding: ("a percent sign in \(what) is not followed by two hex digits", nil)
        case .host(let refusal): (HostWords.message(refusal, of: what), HostWords.help(refusal))
        }
    }

    /// Returns the message for a text without a scheme, with the URL that it most likely is.
    private static func words(of what: String, withoutScheme text: String?) -> (message: String, help: String?) {
        let message = "\(what) must be a full URL that starts with https://"
        let help = "write https://<host>/<path>, such as https://llm.example.com/v1"
        guard let text else { return (message, help) }
        guard !text.hasPrefix("$"), !text.contains("${"), !text.contains("{{") else {
            return (
                "\(what) has a variable in it, and Roster reads files as they are",
                "write the address itself, such as https://llm.example.com/v1"
            )
        }
        if let url = try? BaseURL("http://" + text), url.origin.host.isLoopback {
            return ("\(what) must be a full URL that starts with http://", "write \(url)")
        }
        guard let url = try? BaseURL("https://" + text), url.origin.host.description.contains(".") else {
            return (message, help)
        }
        return (message, "write \(url)")
    }
}
