package import RosterModel

/// The pipeline of a repository on GitLab: the jobs of Roster's template, with the program that one commit names.
package struct GitLabPipeline {
    private let action: PinnedAction
    /// The folder of the registry, relative to git's top level; empty for the top.
    private let folder: String

    /// Creates the pipeline for a registry.
    package init(action: PinnedAction, folder: String) { (self.action, self.folder) = (action, folder) }

    private var source: String { "https://github.com/" + action.repository }

    /// The contents of `.gitlab-ci.yml`.
    package var text: String {
        """
        # Checks the registry in every pipeline, and reviews each merge request.
        include:
          # The jobs roster-check and roster-diff.
          - remote: \(source)/raw/\(action.commit)/deploy/gitlab-ci.yml

        variables:
          # Any image with apt-get and bash, whose user is root. With a digest it is always the same one: NAME@sha256:DIGEST
          ROSTER_IMAGE: debian:12-slim
          # The lowest risk that fails the review.
          ROSTER_FAIL_ON: high
          ROSTER_FOLDER: "\(folder)"

        roster-check:
          # Downloads the program, and runs it only when its SHA-256 is the one that this commit names.
          before_script: &program
            - |
              if ! command -v git > /dev/null || ! command -v curl > /dev/null; then
                apt-get update -qq
                apt-get install -y -qq --no-install-recommends ca-certificates curl git > /dev/null
              fi
            - scratch=$(mktemp -d)
            - git init --quiet "$scratch"
            - git -C "$scratch" fetch --quiet --depth=1 \(source) \(action.commit)
            - git -C "$scratch" -c advice.detachedHead=false checkout --quiet FETCH_HEAD
            - ROSTER_REPOSITORY=\(action.repository) GITHUB_OUTPUT="$scratch/output" bash "$scratch/deploy/github/program"
            - mkdir -p "$HOME/bin"
            - install -m 755 "$(sed -n 's/^program=//p' "$scratch/output")" "$HOME/bin/roster"
            - export PATH="$HOME/bin:$PATH"

        roster-diff:
          before_script: *program

        """
    }
}
