import RosterBytes

/// Names of headers that `config.headers` may set.
public enum HeaderName {
    /// Returns the reason why a header may not be set, as the end of a sentence, or nil for an allowed header.
    public static func refusal(of name: String) -> String? {
        guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else { return "is not a header name (RFC 9110)" }
        let lowercased = name.lowercased()
        if forbidden.contains(lowercased) || forbiddenPrefixes.contains(where: lowercased.hasPrefix) {
            return "may not be set"
        }
        return setByRoster.contains(lowercased) ? "is set by Roster itself" : nil
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }

    private static let forbidden: Set<String> = [
        "connection", "content-length", "cookie", "expect", "forwarded", "host", "keep-alive", "te", "trailer",
        "transfer-encoding", "upgrade", "via",
    ]

    private static let forbiddenPrefixes = ["proxy-", "x-forwarded-", "x-amz-"]

    private static let setByRoster: Set<String> = [
        "accept", "accept-encoding", "anthropic-version", "api-key", "authorization", "content-type",
        "openai-organization", "openai-project", "user-agent", "x-api-key", "x-goog-api-key",
    ]
}
