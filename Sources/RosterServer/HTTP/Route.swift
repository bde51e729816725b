import RosterBytes
import RosterModel

/// The resource of a path.
enum Route: Sendable, Hashable {
    case list
    /// A record by its id; nil when the text is not a valid id, which is answered like an unknown id.
    case item(ProviderID?)
    /// A record by the handles of its project and file; nil when one is not valid, which is answered like an unknown one.
    case named(ProviderHandles?)
    case projects
    /// A project; nil when the text is not a valid handle, which is answered like an unknown one.
    case project(Handle?)
    /// The list in the form of OpenAI's API.
    case models
    case mcp
    case events
    case live
    case health
    case ready
    case status
    case metrics
    case description
    /// A page for people.
    case page(PageRoute)
    case unknown
    /// A path with a malformed escape.
    case malformed

    /// The handles that name a provider.
    struct ProviderHandles: Sendable, Hashable {
        var project: Handle
        var provider: Handle
    }

    static let listPath: StaticString = "/api/v1/ai-providers"
    static let projectsPath: StaticString = "/api/v1/projects"

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

    /// Returns the route of a path with an escaped slash: something that does not exist, or an unknown resource.
    private static func withEscapedSlash(_ segments: [[UInt8]]) -> Route {
        let plain = segments.map { $0.contains(UInt8(ascii: "/")) ? [UInt8(ascii: "?")] : $0 }
        let decoded = Array(plain.joined(separator: [UInt8(ascii: "/")]))
        // A name with a question mark is not valid.
        return Route(decoded: decoded.span)
    }

    /// Creates the route of a decoded path.
    init(decoded path: Span<UInt8>) {
        if Self.starts(path, with: Self.listPath) {
            self = Self.providers(path, from: Self.listPath.utf8CodeUnitCount)
        } else if Self.starts(path, with: Self.projectsPath) {
            self = Self.projects(path, from: Self.projectsPath.utf8CodeUnitCount)
        } else {
            let other = Self.others.first {
                $0.path.utf8CodeUnitCount == path.count && Self.starts(path, with: $0.path)
            }
            self = other?.route ?? PageRoute(decoded: path).map { .page($0) } ?? .unknown
        }
    }

    private static let others: [(path: StaticString, route: Route)] = [
        ("/mcp", .mcp), ("/livez", .live), ("/healthz", .health), ("/readyz", .ready), ("/status", .status),
        ("/metrics", .metrics), ("/openapi.json", .description), ("/v1/models", .models),
        ("/api/v1/events", .events),
    ]

    /// Returns the route of a path whose list ends at an offset.
    private static func providers(_ path: Span<UInt8>, from end: Int) -> Route {
        guard path.count > end else { return .list }
        guard path[end] == slash, path.count > end + 1 else { return .unknown }
        let name = path.extracting((end + 1)...)
        guard let middle = name.indices.first(where: { name[$0] == slash }) else {
            return .item(unsafe name.withUnsafeBufferPointer { unsafe ProviderID(utf8: $0) })
        }
        guard middle > 0, middle + 1 < name.count, !(middle + 1..<name.count).contains(where: { name[$0] == slash })
        else { return .unknown }
        return .named(handles(name))
    }

    /// Returns the handles of `<project>/<handle>`; nil when one is not valid.
    static func handles(_ name: Span<UInt8>) -> ProviderHandles? {
        guard let middle = name.indices.first(where: { name[$0] == slash }),
            let project = handle(name.extracting(..<middle)), let provider = handle(name.extracting((middle + 1)...))
        else { return nil }
        return ProviderHandles(project: project, provider: provider)
    }

    /// Returns the route of a path whose list of projects ends at an offset.
    private static func projects(_ path: Span<UInt8>, from end: Int) -> Route {
        guard path.count > end else { return .projects }
        guard path[end] == slash, path.count > end + 1 else { return .unknown }
        let name = path.extracting((end + 1)...)
        return name.indices.contains { name[$0] == slash } ? .unknown : .project(handle(name))
    }

    private static let slash = UInt8(ascii: "/")

    private static func handle(_ bytes: Span<UInt8>) -> Handle? {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe Handle.isValid(bytes) ? Handle(String(decoding: bytes, as: UTF8.self)) : nil
        }
    }

    /// Returns a Boolean value that indicates whether a path begins with a prefix.
    static func starts(_ path: Span<UInt8>, with prefix: StaticString) -> Bool {
        let count = prefix.utf8CodeUnitCount
        guard path.count >= count else { return false }
        for index in 0..<count where unsafe path[index] != prefix.utf8Start[index] { return false }
        return true
    }

    /// A Boolean value that indicates whether a request may wait for another response.
    var mayWait: Bool {
        switch self {
        case .list, .item, .named: true
        default: false
        }
    }

    /// A Boolean value that indicates whether the route is of records, which need a token where the registry has `access`.
    var isOfRecords: Bool {
        switch self {
        case .list, .item, .named, .projects, .project, .models: true
        default: false
        }
    }
}
