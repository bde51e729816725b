import RosterCompiler
import RosterEditing
import RosterModel
import RosterSources

/// The location of a secret that exists or is created.
struct SecretPlace {
    let project: String
    let projectID: String
    let handle: String
    /// The id of the existing secret, or a new one.
    let id: String
    let existing: RepositorySurvey.Secret?

    var fullName: String { project + "/" + handle }
    var path: String { "secrets/\(project)/\(handle)\(RepositoryLayout.recordSuffix)" }

    init(_ name: String, in session: EditSession) throws {
        if let existing = session.survey.secrets.first(where: { $0.fullName == name || $0.id == name }) {
            self.existing = existing
            (project, projectID, handle) = (existing.project, existing.projectID, existing.handle)
            id = existing.id
            return
        }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, Handle(parts[0]) != nil, Handle(parts[1]) != nil else {
            let handle = Handle(name) == nil ? "openai-prod" : name
            throw CommandFailure.usage(
                "\(ShellLine.shown(name)) is not the full name of a secret",
                help: "write PROJECT/NAME, each of a-z, 0-9 and inner hyphens, such as "
                    + "\(session.survey.projects.first?.handle ?? "acme")/\(handle)"
            )
        }
        guard !session.survey.unreadableSecrets.contains(name) else {
            throw CommandFailure.impossible("secrets/\(name).yaml has errors", help: "see them: roster check")
        }
        guard let found = session.survey.projects.first(where: { $0.handle == parts[0] }) else {
            let known = session.survey.projects.map(\.handle).joined(separator: ", ")
            throw CommandFailure.impossible(
                "roster.yaml has no project \"\(parts[0])\"",
                help: known.isEmpty ? "add it under projects" : "it has \(known)"
            )
        }
        existing = nil
        (project, projectID, handle) = (parts[0], found.id, parts[1])
        id = session.context.makeID("sec_")
    }
}
