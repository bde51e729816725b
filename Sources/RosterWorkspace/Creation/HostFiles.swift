import RosterBytes
import RosterModel

/// The files of a new repository that its host, its hooks and its editors read.
package struct HostFiles {
    private let options: HostOptions
    /// The path of the registry below git's top level: empty, or with a `/` at its end.
    private let prefix: String
    /// The branch whose pushes are checked.
    private let branch: String

    /// Creates the files for a registry.
    ///
    /// - Throws: ``WorkspaceFailure`` when the folder's name cannot be written in these files.
    package init(_ options: HostOptions, prefix: String, branch: String) throws(WorkspaceFailure) {
        (self.options, self.prefix, self.branch) = (options, prefix, branch)
        let folders = prefix.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let isPlain = folders.allSatisfy { $0.isName(with: "._-") && !$0.hasPrefix("-") }
        guard isPlain || files.isEmpty else {
            throw WorkspaceFailure(
                .usage,
                "the folder \"\(prefix.dropLast())\" cannot be named in the files of the host",
                help: "rename it to letters, digits, dots, hyphens and underscores, such as infra/registry"
            )
        }
    }

    /// The files with their paths below git's top level, in the order in which they are written.
    package var files: [NewFile] {
        var files: [NewFile] = []
        if let action = options.action {
            let workflows = Workflows(action: action, folder: folder, branch: branch)
            files += [
                NewFile(
                    path: ".github/workflows/roster.yaml",
                    text: workflows.check,
                    purpose: "checks every push and pull request on GitHub"
                ),
                NewFile(
                    path: ".github/workflows/review.yaml",
                    text: workflows.review,
                    purpose: "comments the risks of each pull request on GitHub"
                ),
            ]
            if options.hasGitLab {
                files.append(
                    NewFile(
                        path: ".gitlab-ci.yml",
                        text: GitLabPipeline(action: action, folder: folder).text,
                        purpose: "checks and reviews merge requests on GitLab",
                        isRequested: true
                    )
                )
            }
            if options.hasPreCommit {
                files.append(
                    NewFile(
                        path: ".pre-commit-config.yaml",
                        text: preCommit(action),
                        purpose: "checks the staged files at each commit",
                        isRequested: true
                    )
                )
            }
        }
        if !options.owners.isEmpty {
            files.append(
                NewFile(
                    path: options.hasGitLab ? "CODEOWNERS" : ".github/CODEOWNERS",
                    text: codeOwners,
                    purpose: "names who must approve changes",
                    isRequested: true
                )
            )
        }
        if options.hasVSCode {
            files.append(
                NewFile(
                    path: ".vscode/settings.json",
                    text: editorSettings,
                    purpose: "gives the schemas to the YAML extension of VS Code",
                    isRequested: true
                )
            )
        }
        return files
    }

    /// The folder of the registry; empty for git's top level.
    private var folder: String { String(prefix.dropLast()) }

    private func preCommit(_ action: PinnedAction) -> String {
        let arguments = folder.isEmpty ? "" : "        args: [--repo, \"\(folder)\"]\n"
        return """
            # Checks the staged files at each commit, and stops at a critical change. See https://pre-commit.com
            repos:
              - repo: https://github.com/\(action.repository)
                rev: \(action.commit)\(action.version.map { " # v" + $0 } ?? "")
                hooks:
                  - id: roster-check
            \(arguments)      - id: roster-diff
            \(arguments)
            """
    }

    private var codeOwners: String {
        let registry = ["roster.yaml", "providers/", "secrets/"].map { prefix + $0 }
        let others = options.hasGitLab ? ["CODEOWNERS", ".gitlab-ci.yml", ".github/"] : [".github/"]
        let hooks = options.hasPreCommit ? [".pre-commit-config.yaml"] : []
        let paths = (registry + others + hooks).map { "/" + $0 }
        let width = (paths.map(\.count).max() ?? 0) + 2
        let lines = paths.map { path in
            path + String(repeating: " ", count: width - path.count) + options.owners.joined(separator: " ") + "\n"
        }
        return "# The owners of the registry, and of the files that decide how a change is reviewed.\n" + lines.joined()
    }

    private var editorSettings: String {
        """
        {
          "yaml.schemas": {
            "./\(prefix)schema/roster.schema.json": "\(prefix)roster.yaml",
            "./\(prefix)schema/provider.schema.json": "\(prefix)providers/*/*.yaml",
            "./\(prefix)schema/secret.schema.json": "\(prefix)secrets/*/*.yaml"
          }
        }

        """
    }
}
