import RosterBytes
import RosterJSON
import RosterModel

/// The parameters of a list, checked.
struct ListQuery: Sendable, Hashable {
    /// The handle of a project, which ``ProviderList`` looks up.
    var project: Handle?
    /// As it was asked for: no project may have it.
    var projectID: ProjectFilter = .any
    var slug: ProviderSlug?
    var secretID: SecretFilter = .any
    var search: TextSearch?
    var including: IncludedMembers = []
    /// 1 to 1000; nil for everything.
    var limit: Int?
    var offset = 0

    /// A filter by project; one that the caller may not see matches no record.
    enum ProjectFilter: Sendable, Hashable {
        case any
        case one(ProjectID)
        case none
    }

    /// A filter by secret; an invalid id matches no record.
    enum SecretFilter: Sendable, Hashable {
        case any
        case one(SecretID)
        case none
    }

    static let limits = 1...1000

    init() {}

    /// Parses the query that follows `?`.
    init(_ query: Substring?) throws(Problem) {
        var seen: [String] = []
        for (name, value) in try QueryParameters.read(query) {
            guard !seen.contains(name) else { throw .badRequest("the parameter \"\(name)\" is given twice") }
            seen.append(name)
            switch name {
            case "project", "projectId", "provider", "secretId", "q", "include", "limit", "offset":
                try setNotEmpty(name, value)
            default:
                throw .badRequest(
                    "there is no parameter \"\(PercentEncoding.shown(name))\"; "
                        + "a list takes project, projectId, provider, secretId, q, include, limit and offset"
                )
            }
        }
    }

    /// Reads the arguments of the tool that lists, which have the names and rules of the parameters; null is an absent one.
    init(arguments: JSONObject) throws(Problem) {
        for argument in arguments.members {
            guard ["projectId", "provider"].contains(argument.name) else {
                throw .badRequest(
                    "there is no parameter \"\(PercentEncoding.shown(argument.name))\"; "
                        + "this list takes projectId and provider"
                )
            }
            if argument.value == .null { continue }
            guard let value = argument.value.string else {
                throw .badRequest("the parameter \"\(argument.name)\" must be a text")
            }
            // Every tool that takes an id takes a handle, too.
            let isHandle = argument.name == "projectId" && Handle(value) != nil
            try setNotEmpty(isHandle ? "project" : argument.name, value)
        }
    }

    private mutating func setNotEmpty(_ name: String, _ value: String) throws(Problem) {
        guard !value.isEmpty else { throw .badRequest("the parameter \"\(name)\" is empty: leave it out") }
        try set(name, value)
    }

    private mutating func set(_ name: String, _ value: String) throws(Problem) {
        switch name {
        case "project":
            guard let handle = Handle(value) else {
                throw .badRequest(
                    "the parameter \"project\" is a project's handle, such as acme; an id is for projectId"
                )
            }
            project = handle
        case "projectId":
            guard let id = ProjectID(value) else {
                throw .badRequest(
                    "the parameter \"projectId\" is an id, proj_ and 16 letters and digits; a handle is for project"
                )
            }
            projectID = .one(id)
        case "q":
            guard value.unicodeScalars.count <= TextSearch.maximumLength else {
                throw .badRequest("the parameter \"q\" has at most \(TextSearch.maximumLength) characters")
            }
            search = TextSearch(value)
        case "include": including = try IncludedMembers(parameter: value)
        case "secretId": secretID = SecretID(value).map { .one($0) } ?? .none
        case "provider":
            guard let slug = ProviderSlug(rawValue: value) else {
                throw .badRequest(
                    "the parameter \"provider\" is not a provider slug; use one of "
                        + ProviderSlug.allCases.map(\.rawValue).joined(separator: ", ")
                )
            }
            self.slug = slug
        case "limit":
            guard let number = Self.number(value), Self.limits.contains(number) else {
                throw .badRequest("the parameter \"limit\" must be a whole number from 1 to 1000")
            }
            limit = number
        default:
            guard let number = Self.number(value) else {
                throw .badRequest("the parameter \"offset\" must be a whole number from 0")
            }
            offset = number
        }
    }

    /// Decimal digits alone, and not more than a list could ever have.
    private static func number(_ text: String) -> Int? {
        guard text.utf8.count <= 9, text.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        return Int(text)
    }

    /// Returns whether a record matches the query.
    ///
    /// - Parameters:
    ///   - provider: the record.
    ///   - handles: the handles of all projects by their ids, for a search.
    /// - Returns: true when it matches all filters.
    func matches(_ provider: Provider, handles: [ProjectID: Handle]) -> Bool {
        switch projectID {
        case .any: break
        case .one(let id): guard provider.projectID == id else { return false }
        case .none: return false
        }
        switch secretID {
        case .any: break
        case .one(let id): guard provider.secretID == id else { return false }
        case .none: return false
        }
        guard slug == nil || slug == provider.slug else { return false }
        return search?.matches(provider, project: handles[provider.projectID]) ?? true
    }

    /// A Boolean value that indicates whether the query excludes some records.
    var hasFilter: Bool {
        projectID != .any || slug != nil || secretID != .any || search != nil || project != nil
    }

    /// Returns the offset of the last page of a list.
    static func lastPage(of total: Int, _ limit: Int) -> Int { total == 0 ? 0 : (total - 1) / limit * limit }

    /// Lowers an offset past the end of the list to one that has the same answer, so that all of these share it.
    mutating func clampOffset(total: Int) {
        offset = min(offset, limit.map { Self.lastPage(of: total, $0) + $0 } ?? total)
    }

    /// The query of another page of the same list.
    func page(at offset: Int) -> String {
        var parts: [String] = []
        if let project { parts.append("project=\(project)") }
        if case .one(let id) = projectID { parts.append("projectId=\(id)") }
        if let slug { parts.append("provider=\(slug.rawValue)") }
        if case .one(let id) = secretID { parts.append("secretId=\(id)") }
        if let search { parts.append("q=" + PercentEncoding.encode(search.text.utf8)) }
        if !including.isEmpty { parts.append("include=" + including.parameter) }
        if let limit { parts.append("limit=\(limit)") }
        parts.append("offset=\(offset)")
        return parts.joined(separator: "&")
    }
}
