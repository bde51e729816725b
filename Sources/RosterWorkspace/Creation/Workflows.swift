package import RosterModel

/// The workflows of a repository on GitHub, which use one commit of the action.
package struct Workflows {
    private let action: PinnedAction
    /// The folder of the registry, relative to git's top level; empty for the top.
    private let folder: String
    private let branch: String

    /// Creates the workflows for a registry, of which pushes to one branch are checked.
    package init(action: PinnedAction, folder: String, branch: String) {
        (self.action, self.folder, self.branch) = (action, folder, branch)
    }

    private static let checkout = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2"

    private var folderInput: String { folder.isEmpty ? "" : "          folder: \"\(folder)\"\n" }

    /// The workflow that checks the files that are checked out.
    package var check: String {
        """
        # Checks every file of the registry. The action downloads the program, and runs it only when its SHA-256 is the one
        # that this commit of the action names.
        name: roster
        on:
          push:
            branches: ["\(branch)"]
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
            steps:
              - uses: \(Self.checkout)
                with:
                  persist-credentials: false
              - uses: \(action.use)
                with:
                  mode: check
        \(folderInput)
        """
    }

    /// The workflow that reports the risks of a pull request.
    package var review: String {
        """
        # Comments the risks of each pull request, and fails at a high one until a second person accepts it. Safe for forks: only
        # the base is checked out and run, of the pull request only objects are read, and the token can do no more than comment.
        name: roster review
        on:
          pull_request_target: # zizmor: ignore[dangerous-triggers] no file of the head is checked out, run or read
            types: [opened, reopened, synchronize, edited]
          issue_comment:
            types: [created]
        permissions: {}
        jobs:
          review:
            # A job that is skipped counts as passed: on comments and edited titles it has another name than the required check.
            name: >-
              ${{ github.event_name == 'pull_request_target' && (github.event.action != 'edited' || github.event.changes.base != null)
              && 'review' || 'no review' }}
            if: >-
              github.event_name == 'pull_request_target' &&
              (github.event.action != 'edited' || github.event.changes.base != null)
            runs-on: ubuntu-latest
            timeout-minutes: 30
            concurrency:
              group: roster-review-${{ github.event.pull_request.number }}
              cancel-in-progress: true
            permissions:
              pull-requests: write
            steps:
              # The tip of the target branch, which keys and access are compared with: of the base only its name is used.
              - uses: \(Self.checkout)
                with:
                  ref: refs/heads/${{ github.event.pull_request.base.ref }}
                  fetch-depth: 0
                  persist-credentials: false
              - uses: \(action.use)
                with:
                  mode: review
                  fail-on: high
                  token: ${{ github.token }}
        \(folderInput)\
          # A run on a comment is not a check of the pull request: this job runs the review again, which reads the comments.
          accept:
            if: >-
              github.event_name == 'issue_comment' && github.event.issue.pull_request &&
              github.event.comment.user.type == 'User' && startsWith(github.event.comment.body, '/roster accept ')
            runs-on: ubuntu-latest
            timeout-minutes: 15
            # Each person has a group: a comment of another person does not replace a run that waits.
            concurrency:
              group: roster-accept-${{ github.event.issue.number }}-${{ github.event.comment.user.id }}
              cancel-in-progress: false
            permissions:
              actions: write
              pull-requests: read
            steps:
              - uses: \(action.use)
                with:
                  mode: accept
                  token: ${{ github.token }}

        """
    }
}
