extension Route {
    /// The name of the route in metrics, which does not depend on the request.
    var template: String {
        switch self {
        case .list: Self.listPath.description
        case .item: Self.listPath.description + "/{aiProviderId}"
        case .named: Self.listPath.description + "/{project}/{handle}"
        case .projects: Self.projectsPath.description
        case .project: Self.projectsPath.description + "/{handle}"
        case .models: "/v1/models"
        case .mcp: "/mcp"
        case .events: "/api/v1/events"
        case .live: "/livez"
        case .health: "/healthz"
        case .ready: "/readyz"
        case .status: "/status"
        case .metrics: "/metrics"
        case .description: "/openapi.json"
        case .page(.list): "/"
        case .page(.provider): "/p/{project}/{handle}"
        case .page(.status): "/status.html"
        case .page(.asset): "/assets/{file}"
        case .page(.signIn): "/sign-in"
        case .page(.signOut): "/sign-out"
        case .page(.events): "/events"
        case .unknown, .malformed: "other"
        }
    }

    /// The number of the template, from 0.
    var index: Int {
        switch self {
        case .list: 0
        case .item: 1
        case .named: 2
        case .projects: 3
        case .project: 4
        case .models: 5
        case .mcp: 6
        case .live: 7
        case .health: 8
        case .ready: 9
        case .status: 10
        case .metrics: 11
        case .description: 12
        case .unknown, .malformed: 13
        case .events: 14
        case .page(.list): 15
        case .page(.provider): 16
        case .page(.status): 17
        case .page(.asset): 18
        case .page(.signIn): 19
        case .page(.signOut): 20
        case .page(.events): 21
        }
    }

    /// One of each template, by ``index``.
    static let templates: [Route] = [
        .list, .item(nil), .named(nil), .projects, .project(nil), .models, .mcp, .live, .health, .ready, .status,
        .metrics, .description, .unknown, .events, .page(.list), .page(.provider(nil)), .page(.status),
        .page(.asset("")), .page(.signIn), .page(.signOut), .page(.events),
    ]
}
