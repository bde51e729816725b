import RosterCompiler
import RosterEditing
package import RosterModel
import RosterSources
package import SealedBoxes

/// The files of a new registry.
package struct NewRegistry {
    private let project: String
    private let projectID: String
    private let key: SealingPublicKey
    private let today: CalendarDate

    /// Creates the files of a registry with one project and one sealing key.
    package init(project: String, projectID: String, key: SealingPublicKey, today: CalendarDate) {
        (self.project, self.projectID, self.key, self.today) = (project, projectID, key, today)
    }

    /// The files with their paths below the registry's folder, in the order in which they are written.
    package var files: [NewFile] {
        let keeping = "keeps the empty folder in git"
        return [
            NewFile(path: RepositoryLayout.rosterFile, text: roster, purpose: "projects, sealing keys and access"),
            NewFile(path: "providers/\(project)/.gitkeep", text: "", purpose: keeping),
            NewFile(path: "secrets/\(project)/.gitkeep", text: "", purpose: keeping),
        ] + Self.supportingFiles
    }

    /// The files that do not depend on the project.
    package static var supportingFiles: [NewFile] {
        let schemas = SchemaKind.allCases.map { kind in
            NewFile(
                path: "schema/\(kind.rawValue).schema.json",
                text: String(decoding: FormatSchema.document(for: kind), as: UTF8.self),
                purpose: "completes and checks \(names[kind] ?? kind.rawValue) in editors"
            )
        }
        return [NewFile(path: ".gitattributes", text: attributes, purpose: "line endings, merges and diffs")] + schemas
    }

    private static let names: [SchemaKind: String] = [
        .roster: "roster.yaml", .provider: "files of providers", .secret: "files of secrets",
    ]

    private var roster: String {
        """
        # yaml-language-server: $schema=schema/roster.schema.json
        roster: 1
        projects:
          \(project):
            id: \(projectID)
            name: \(project)
        sealingKeys:
          - id: \(key.id)
            publicKey: \(key.base64)
            name: made \(today)

        """
    }

    private static let attributes = """
        # The same bytes on every machine.
        *.yaml text eol=lf
        # Boxes of two branches cannot be combined: never merge a secret line by line.
        secrets/** -merge
        # Shown by roster secret show --textconv, in a clone with this setting: git config diff.roster.textconv …
        secrets/**/*.yaml diff=roster

        """
}
