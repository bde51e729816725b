import RosterBytes
import RosterJSON
import RosterModel

/// The arguments of a tool, with ids in place of handles; null counts as absent.
///
/// A handle without a record stays as it is, so that it is refused as an unknown id is, after the rights are checked.
struct ToolArguments: Sendable {
    let members: JSONObject
    private let snapshot: Snapshot

    init(_ members: JSONObject, in snapshot: Snapshot) { (self.members, self.snapshot) = (members, snapshot) }

    /// The members that a change can take away from a record with null.
    private static let removable = ["secretId", "baseUrl", "config"]

    /// Returns the position of the provider of `id`; nil for text that names no provider.
    ///
    /// - Throws: ``Problem`` without a text.
    func position() throws(Problem) -> Int? {
        guard let value = present("id") else { throw .badRequest("the parameter \"id\" is missing") }
        guard let text = value.string else { throw .badRequest("the parameter \"id\" must be a text") }
        guard let name = ProviderName(text) else {
            return ProviderID(text).flatMap { snapshot.records.position(of: $0) }
        }
        return ProviderNames(snapshot.registry).position(of: name)
    }

    /// Checks that there are no other arguments than some.
    func takeNothing(but names: [String]) throws(Problem) {
        let given = members.members.filter { $0.value != .null }
        guard let other = given.first(where: { !names.contains($0.name) }) else { return }
        throw .badRequest(
            "there is no parameter \"\(PercentEncoding.shown(other.name))\"; this tool takes "
                + (names.isEmpty ? "none" : names.joined(separator: ", "))
        )
    }

    /// The projects that an argument selects.
    enum ProjectFilter {
        case all
        case one(Project)
        /// No project has the handle or id.
        case unknown
    }

    /// Returns the projects that `projectId` selects.
    ///
    /// - Throws: ``Problem`` when it is not a text.
    func projects() throws(Problem) -> ProjectFilter {
        guard let value = present("projectId") else { return .all }
        guard let text = value.string else { throw .badRequest("the parameter \"projectId\" must be a text") }
        return findProject(named: text).map { .one($0) } ?? .unknown
    }

    /// The members of a new record.
    var forCreation: JSONObject {
        let members = withProjectID(withoutNull)
        let project = members["projectId"]?.string.flatMap { findProject(named: $0) }
        return withSecretID(members, of: project)
    }

    /// Returns the merge patch of a record, in which null takes away what a record can lack.
    func forUpdate(of provider: Provider) -> JSONObject {
        let kept = members.members.filter {
            $0.name != "id" && ($0.value != .null || Self.removable.contains($0.name))
        }
        let project = snapshot.registry.projects.first { $0.id == provider.projectID }
        return withSecretID(withProjectID(JSONObject(kept)), of: project)
    }

    private func present(_ name: String) -> JSONValue? { members[name].flatMap { $0 == .null ? nil : $0 } }

    private var withoutNull: JSONObject { JSONObject(members.members.filter { $0.value != .null }) }

    private func findProject(named text: String) -> Project? {
        if let handle = Handle(text) { return snapshot.registry.projects.first { $0.handle == handle } }
        return ProjectID(text).flatMap { id in snapshot.registry.projects.first { $0.id == id } }
    }

    private func withProjectID(_ members: JSONObject) -> JSONObject {
        members.replacing("projectId") { text in
            Handle(text) == nil ? nil : findProject(named: text)?.id.description
        }
    }

    private func withSecretID(_ members: JSONObject, of project: Project?) -> JSONObject {
        guard let project else { return members }
        return members.replacing("secretId") { text in
            let name = ProviderName(text)
            guard let handle = name?.handle ?? Handle(text), (name?.project ?? project.handle) == project.handle else {
                return nil
            }
            return snapshot.registry.secrets.first { $0.projectID == project.id && $0.handle == handle }?.id.description
        }
    }
}

extension JSONObject {
    /// Returns the object with another text for a member, where a closure returns one.
    fileprivate func replacing(_ name: String, _ text: (_ old: String) -> String?) -> JSONObject {
        JSONObject(
            members.map { member in
                guard member.name == name, let old = member.value.string, let new = text(old) else { return member }
                return JSONObject.Member(name: name, value: .string(new))
            }
        )
    }
}
