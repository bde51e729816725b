import RosterCompiler
import RosterEditing
package import RosterModel
import RosterSources
package import SealedBoxes

/// The files of a new repository.
package struct NewRepository {
    private let project: String
    private let projectID: String
    private let key: SealingPublicKey
    private let today: CalendarDate

    /// Creates the files of a repository with one project and one sealing key.
    package init(project: String, projectID: String, key: SealingPublicKey, today: CalendarDate) {
        (self.project, self.projectID, self.key, self.today) = (project, projectID, key, today)
    }

    /// The paths and texts, in the order in which they are written.
    package var files: [(path: String, text: String)] {
        var files = [
            (RepositoryLayout.rosterFile, roster),
            ("providers/\(project)/.gitkeep", ""),
            ("secrets/\(project)/.gitkeep", ""),
            (".gitattributes", Self.attributes),
            (".github/workflows/roster.yaml", Self.workflow),
        ]
        for kind in SchemaKind.allCases {
            let schema = String(decoding: FormatSchema.document(for: kind), as: UTF8.self)
            files.append(("schema/\(kind.rawValue).schema.json", schema))
        }
        return files
    }

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

    private static let workflow = """
        name: roster
        on:
          pull_request:
            # A pull request that is edited may have another base.
            types: [opened, reopened, synchronize, edited]
        permissions: {}
        jobs:
          check:
            runs-on: ubuntu-latest
            timeout-minutes: 15
            permissions:
              contents: read
            # An image that has git and roster, and whose user is root.
            container: ${{ vars.ROSTER_IMAGE }}
            steps:
              - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
                with:
                  fetch-depth: 0
                  persist-credentials: false
              - run: roster check --strict --format github

        """
}
