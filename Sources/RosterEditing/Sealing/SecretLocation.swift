import RosterModel
import RosterSources
package import RosterSemantics
import RosterFrontend

/// The location of a secret that exists or is created.
package struct SecretLocation: Sendable {
    /// The handle of the project.
    package let project: String
    /// The id of the project.
    package let projectID: String
    /// The handle of the secret.
    package let handle: String
    /// The id of the existing secret, or a new one.
    package let id: String
    /// The secret, if it exists.
    package let existing: PartialRegistry.Outline.Secret?

    /// `<project>/<handle>`.
    package var fullName: String { project + "/" + handle }
    /// The path of the secret's file.
    package var path: String { "secrets/\(project)/\(handle)\(RepositoryLayout.recordSuffix)" }

    /// Finds the location of the secret of a name: `<project>/<handle>`, or the id or the unique handle of an existing
    /// secret.
    ///
    /// - Parameters:
    ///   - name: the name.
    ///   - editor: the editor of the repository.
    ///   - makeID: returns a new id with a prefix.
    /// - Throws: ``EditFailure`` when the name is not valid, or its project does not exist.
    package init(
        _ name: String,
        in editor: Editor,
        makeID: (_ prefix: String) -> String
    ) throws(EditFailure) {
        let name = try editor.fullName(ofSecret: name) ?? name
        if let existing = editor.survey.secrets.first(where: { $0.fullName == name || $0.id == name }) {
            self.existing = existing
            (project, projectID, handle) = (existing.project, existing.projectID, existing.handle)
            id = existing.id
            return
        }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, Handle(parts[0]) != nil, Handle(parts[1]) != nil else {
            let handle = Handle(name) == nil ? "openai-prod" : name
            throw EditFailure(
                .invalid,
                "\(ShownText.argument(name)) is not the full name of a secret",
                help: "write PROJECT/NAME, each of a-z, 0-9 and inner hyphens, such as "
                    + "\(editor.survey.projects.first?.handle ?? "acme")/\(handle)"
            )
        }
        guard !editor.survey.unreadableSecrets.contains(name) else {
            throw EditFailure(.unreadable, "secrets/\(name).yaml has errors", help: "see them: roster check")
        }
        guard let found = editor.survey.projects.first(where: { $0.handle == parts[0] }) else {
            let known = editor.survey.projects.map(\.handle).joined(separator: ", ")
            throw EditFailure(
                .notFound,
                "roster.yaml has no project \"\(parts[0])\"",
                help: known.isEmpty ? "add it under projects" : "it has \(known)"
            )
        }
        existing = nil
        (project, projectID, handle) = (parts[0], found.id, parts[1])
        id = makeID("sec_")
    }
}
