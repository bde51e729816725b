import RosterBytes
import RosterModel

/// The destination of a redirection.
struct Location: Hashable, Sendable {
    let origin: Origin
    /// The path and the query.
    let target: String

    /// Resolves the value of a `Location` field (RFC 3986, section 5.2); nil when it is not the URL of a server.
    init?(_ text: String, relativeTo base: Origin, _ baseTarget: String) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else { return nil }
        let text = text.prefix { $0 != "#" }
        let path: Substring
        if text.hasPrefix("//") || Self.hasScheme(text) {
            let authorityStart = text.firstRange(of: "//")?.upperBound ?? text.endIndex
            let end = text[authorityStart...].firstIndex { $0 == "/" || $0 == "?" } ?? text.endIndex
            let absolute = text.hasPrefix("//") ? "\(base.scheme.rawValue):\(text[..<end])" : String(text[..<end])
            guard let url = try? BaseURL(absolute) else { return nil }
            origin = url.origin
            path = text[end...]
        } else {
            origin = base
            let basePath = baseTarget.prefix { $0 != "?" }
            if text.isEmpty || text.hasPrefix("?") {
                path = Substring(basePath + text)
            } else if text.hasPrefix("/") {
                path = text
            } else {
                let folder = basePath.lastIndex(of: "/").map { basePath[...$0] } ?? "/"
                path = Substring(folder + text)
            }
        }
        let query = path.firstIndex(of: "?").map { path[$0...] } ?? ""
        target = Self.withoutDotSegments(path.prefix { $0 != "?" }) + query
    }

    /// Returns whether the text starts with a scheme, which a relative path must not.
    private static func hasScheme(_ text: Substring) -> Bool {
        text.firstIndex { $0 == ":" || $0 == "/" || $0 == "?" }.map { text[$0] == ":" } ?? false
    }

    private static func withoutDotSegments(_ path: Substring) -> String {
        var segments: [Substring] = []
        let all = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (position, segment) in all.enumerated() {
            let isLast = position == all.count - 1
            switch segment {
            case ".": if isLast { segments.append("") }
            case "..":
                _ = segments.popLast()
                if isLast { segments.append("") }
            default: segments.append(segment)
            }
        }
        return "/" + segments.joined(separator: "/")
    }
}
