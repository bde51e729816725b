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
