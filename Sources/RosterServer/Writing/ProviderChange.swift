import RosterDiagnostics
import RosterEditing
import RosterJSON
import RosterModel

/// A change that a client requests, in terms of the API.
enum ProviderChange: Sendable {
    /// The members of the new record.
    case create(JSONObject)
    /// A merge patch (RFC 7396) of the record at a position.
    case update(Int, JSONObject)
    case delete(Int)

    /// The file of a change.
    struct Target: Sendable {
        /// The project's handle.
        var project: String
        /// Relative to git's top level.
        var path: String
    }

    /// Returns the change in terms of the editor, and its file.
    func wanted(_ editor: Editor, _ caller: Caller, _ snapshot: Snapshot) throws -> (WantedChange, Target) {
        switch self {
        case .create(let members):
            var reader = RecordMembers(members, in: snapshot)
            guard let project = try reader.project() else { throw Problem.mayNotCreate }
            let handle = editor.handle(
                for: members["name"]?.string ?? "",
                slug: members["provider"]?.string ?? "",
                in: project.handle.text
            )
            guard caller.view.allowsCreating(project: project.handle.text, handle: handle) else {
                throw Problem.mayNotCreate
            }
            let path = "\(editor.pathPrefix)providers/\(project.handle.text)/\(handle).yaml"
            let fields = try reader.newFields(of: project, path: path)
            let provider = NewProvider(project: project.handle.text, handle: handle, fields: fields)
            return (.createProvider(provider), Target(project: project.handle.text, path: path))
        case .update(let position, let patch):
            let provider = snapshot.registry.providers[position]
            let target = target(of: provider, editor, snapshot)
            var reader = RecordMembers(patch, in: snapshot)
            let fields = try reader.changedFields(of: provider, path: target.path)
            let name = target.project + "/" + provider.handle.text
            return (.updateProvider(name, ProviderUpdate(fields: fields)), target)
        case .delete(let position):
            let provider = snapshot.registry.providers[position]
            let target = target(of: provider, editor, snapshot)
            return (.deleteProvider(target.project + "/" + provider.handle.text, withSecret: false), target)
        }
    }

    private func target(of provider: Provider, _ editor: Editor, _ snapshot: Snapshot) -> Target {
        let project = snapshot.registry.projects.first { $0.id == provider.projectID }
        return Target(project: project?.handle.text ?? "", path: editor.pathPrefix + provider.source.path)
    }
}
