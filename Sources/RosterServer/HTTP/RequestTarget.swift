import Glibc
import RosterBytes
import RosterModel

/// The target of a request line.
struct RequestTarget: Sendable {
    var route: Route
    /// The path in the form in which it was sent, for the log and for `instance`.
    var path: String
    /// The query after `?`; nil without one.
    var query: Substring?
    /// The authority of a target in absolute form, which overrides `Host`.
    var authority: Substring?

    /// Parses a request target in origin, absolute or asterisk form: RFC 9112, section 3.2.
    init(_ uri: String) {
        if let plain = Self.plain(uri) {
            self = plain
            return
        }
        var rest = uri[...]
        if rest.utf8.first != UInt8(ascii: "/"), let scheme = Self.scheme(of: rest) {
            rest = rest[scheme...]
            let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
            authority = rest[..<end]
            rest = rest[end...]
        }
        if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
            query = rest[rest.index(after: mark)...]
            rest = rest[..<mark]
        }
        path = rest.isEmpty ? "/" : String(rest)
        route = Route(path: path)
    }

    private init(route: Route, path: String, query: Substring?) {
        self.route = route
        self.path = path
        self.query = query
    }

    /// Parses the most common form: a path without escapes, and perhaps a query.
    private static func plain(_ uri: String) -> RequestTarget? {
        var uri = uri
        let found: (route: Route, mark: Int?)? = uri.withUTF8 { bytes in
            guard let start = bytes.baseAddress, unsafe bytes[0] == UInt8(ascii: "/"),
                unsafe memchr(start, Int32(UInt8(ascii: "%")), bytes.count) == nil
            else { return nil }
            let mark = unsafe memchr(start, Int32(UInt8(ascii: "?")), bytes.count).map {
                unsafe UnsafeRawPointer($0) - UnsafeRawPointer(start)
            }
            let path = unsafe UnsafeBufferPointer(rebasing: bytes[..<(mark ?? bytes.count)])
            return (Route(decoded: unsafe Span(_unsafeElements: path)), mark)
        }
        guard let (route, mark) = found else { return nil }
        guard let mark else { return RequestTarget(route: route, path: uri, query: nil) }
        let place = uri.utf8.index(uri.startIndex, offsetBy: mark)
        let path = String(uri[..<place])
        return RequestTarget(route: route, path: path, query: uri[uri.utf8.index(after: place)...])
    }

    private static func scheme(of target: Substring) -> String.Index? {
        for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
            return target.utf8.index(target.startIndex, offsetBy: scheme.utf8.count)
        }
        return nil
    }
}

/// The resource of a path.
enum Route: Sendable, Hashable {
    case list
    /// A record; nil when the text is not a valid id, which is answered like an unknown id.
    case item(ProviderID?)
    case mcp
    case live
    case ready
    case status
    case metrics
    case description
    case unknown
    /// A path with a malformed escape.
    case malformed

    static let listPath: StaticString = "/api/v1/ai-providers"

    /// Creates the route of a path, whose escapes are decoded first.
    init(path: String) {
        if let segments = PercentEncoding.decodedSegments(of: path) {
            // An escaped slash is not a separator, and not part of any name.
            let hasSlash = segments.contains { $0.contains(UInt8(ascii: "/")) }
            let decoded = Array(segments.joined(separator: [UInt8(ascii: "/")]))
            let route = hasSlash ? Self.withEscapedSlash(segments) : Route(decoded: decoded.span)
            self = route
        } else {
            self = .malformed
        }
    }

    /// Returns the route of a path with an escaped slash: a record that does not exist, or an unknown resource.
    private static func withEscapedSlash(_ segments: [[UInt8]]) -> Route {
        let parent = Array(segments.dropLast().joined(separator: [UInt8(ascii: "/")]))
        return Route(decoded: parent.span) == .list ? .item(nil) : .unknown
    }

    fileprivate init(decoded path: Span<UInt8>) {
        let list = Self.listPath
        let length = list.utf8CodeUnitCount
        if Self.starts(path, with: list) {
            if path.count == length {
                self = .list
            } else if path[length] == UInt8(ascii: "/"), path.count > length + 1 {
                let id = path.extracting((length + 1)...)
                let hasSlash = id.indices.contains { id[$0] == UInt8(ascii: "/") }
                self = hasSlash ? .unknown : .item(unsafe id.withUnsafeBufferPointer { unsafe ProviderID(utf8: $0) })
            } else {
                self = .unknown
            }
            return
        }
        let others: [(StaticString, Route)] = [
            ("/mcp", .mcp), ("/livez", .live), ("/readyz", .ready), ("/status", .status), ("/metrics", .metrics),
            ("/openapi.json", .description),
        ]
        let other = others.first { $0.0.utf8CodeUnitCount == path.count && Self.starts(path, with: $0.0) }
        self = other?.1 ?? .unknown
    }

    private static func starts(_ path: Span<UInt8>, with prefix: StaticString) -> Bool {
        let count = prefix.utf8CodeUnitCount
        guard path.count >= count else { return false }
        for index in 0..<count where unsafe path[index] != prefix.utf8Start[index] { return false }
        return true
    }

    /// The name of the route in metrics, which does not depend on the request.
    var template: String {
        switch self {
        case .list: Self.listPath.description
        case .item: Self.listPath.description + "/{aiProviderId}"
        case .mcp: "/mcp"
        case .live: "/livez"
        case .ready: "/readyz"
        case .status: "/status"
        case .metrics: "/metrics"
        case .description: "/openapi.json"
        case .unknown, .malformed: "other"
        }
    }

    /// A Boolean value that indicates whether the route is of records.
    var isOfRecords: Bool {
        switch self {
        case .list, .item: true
        default: false
        }
    }

    /// The number of the template, from 0.
    var index: Int {
        switch self {
        case .list: 0
        case .item: 1
        case .mcp: 2
        case .live: 3
        case .ready: 4
        case .status: 5
        case .metrics: 6
        case .description: 7
        case .unknown, .malformed: 8
        }
    }

    /// One of each template, by ``index``.
    static let templates: [Route] = [
        .list, .item(nil), .mcp, .live, .ready, .status, .metrics, .description, .unknown,
    ]
}
