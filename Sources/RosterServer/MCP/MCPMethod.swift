/// A method that the server supports.
enum MCPMethod: String, Sendable {
    case discover = "server/discover"
    case initialize
    case ping
    case listTools = "tools/list"
    case callTool = "tools/call"
    case listResources = "resources/list"
    case listTemplates = "resources/templates/list"
    case readResource = "resources/read"

    /// Creates the method of a name; nil when the revision has no such method, or the server does not support it.
    init?(_ name: String, in revision: ProtocolRevision) {
        guard let method = MCPMethod(rawValue: name) else { return nil }
        switch method {
        case .discover: guard revision.isStateless else { return nil }
        case .initialize, .ping: guard !revision.isStateless else { return nil }
        default: break
        }
        self = method
    }

    /// A Boolean value that indicates whether the result depends on the records, and so on the caller.
    var needsRecords: Bool {
        switch self {
        case .callTool, .listResources, .readResource: true
        default: false
        }
    }

    /// The parameter that clients of `2026-07-28` repeat in `Mcp-Name`.
    var mirroredParameter: String? {
        switch self {
        case .callTool: "name"
        case .readResource: "uri"
        default: nil
        }
    }
}
