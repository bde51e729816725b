/// A method that is answered.
enum MCPMethod: String, Sendable {
    case discover = "server/discover"
    case initialize
    case ping
    case listTools = "tools/list"
    case callTool = "tools/call"
    case listResources = "resources/list"
    case listTemplates = "resources/templates/list"
    case readResource = "resources/read"

    /// The method of a name; nil when the revision has none of that name, or it is not answered here.
    init?(_ name: String, in revision: ProtocolRevision) {
        guard let method = MCPMethod(rawValue: name) else { return nil }
        switch method {
        case .discover: guard revision.isStateless else { return nil }
        case .initialize, .ping: guard !revision.isStateless else { return nil }
        default: break
        }
        self = method
    }

    /// Whether the answer depends on the records, and so on who asks.
    var needsRecords: Bool {
        switch self {
        case .callTool, .listResources, .readResource: true
        default: false
        }
    }

    /// The parameter that a client of `2026-07-28` repeats in `Mcp-Name`.
    var mirroredParameter: String? {
        switch self {
        case .callTool: "name"
        case .readResource: "uri"
        default: nil
        }
    }
}
