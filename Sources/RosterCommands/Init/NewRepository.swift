import RosterCompiler
import RosterEditing
import RosterModel
import RosterSources
import SealedBoxes

/// The files of a repository that is new.
struct NewRepository {
    let project: String
    let projectID: String
    let key: SealingPublicKey
    let today: CalendarDate

    /// Path and text, in the order in which they are written.
    var files: [(path: String, text: String)] {
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
        # Boxes of two branches make no box: never merge a secret line by line.
        secrets/** -merge
        # Shown by roster secret show --textconv, where git is told so once: git config diff.roster.textconv …
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
