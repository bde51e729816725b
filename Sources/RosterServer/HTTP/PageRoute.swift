import RosterModel

/// A page for people, or a file that pages load.
enum PageRoute: Sendable, Hashable {
    case list
    /// A provider by its handles; nil when one is not valid, which is answered like an unknown one.
    case provider(Route.ProviderHandles?)
    case status
    case signIn
    case signOut
    /// The stream of events for pages.
    case events
    /// A file by its complete path.
    case asset(String)

    /// Creates the route of a decoded path; returns nil when it is not one of a page.
    init?(decoded path: Span<UInt8>) {
        guard path.count > 1 else {
            guard path.count == 1, path[0] == UInt8(ascii: "/") else { return nil }
            self = .list
            return
        }
        // The second byte distinguishes nearly all other paths before a text is made.
        switch path[1] {
        case UInt8(ascii: "p"):
            guard Route.starts(path, with: "/p/") else { return nil }
            self = .provider(Route.handles(path.extracting(3...)))
        case UInt8(ascii: "s"):
            switch path.count {
            case 12 where Route.starts(path, with: "/status.html"): self = .status
            case 8 where Route.starts(path, with: "/sign-in"): self = .signIn
            case 9 where Route.starts(path, with: "/sign-out"): self = .signOut
            default: return nil
            }
        case UInt8(ascii: "e"):
            guard path.count == 7, Route.starts(path, with: "/events") else { return nil }
            self = .events
        case UInt8(ascii: "a"):
            guard path.count <= Self.longestAsset, Route.starts(path, with: "/assets/") else { return nil }
            self = .asset(unsafe path.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) })
        default: return nil
        }
    }

    /// The number of bytes above which a path is not one of a file.
    private static let longestAsset = 64
}
