import RosterGit
import SealedBoxes

extension CreatedRepository {
    /// A step that is left to the user.
    struct Step {
        var name: String
        /// A command or sentence for each line.
        var text: String
    }

    /// The steps that are left, in their order.
    var steps: [Step] {
        var steps: [Step] = []
        if let key {
            let trust = isKeyTrusted ? "" : " --trust-key \(key.id)"
            steps = [
                Step(name: "seal a key", text: "roster secret set \(project)/openai --for openai\(trust)"),
                Step(name: "add a provider", text: "roster provider create --project \(project) --secret openai"),
            ]
        }
        if !hasDiffDriver { steps.append(Step(name: "see sealed diffs", text: DiffDriver.command)) }
        steps.append(Step(name: "check it all", text: "roster check"))
        steps.append(Step(name: "commit it", text: "git add --all && git commit -m \"Start a registry\""))
        if options.action != nil { steps.append(Step(name: "GitHub", text: gitHub)) }
        if options.hasGitLab { steps.append(Step(name: "GitLab", text: gitLab)) }
        if options.hasPreCommit { steps.append(Step(name: "pre-commit", text: "pre-commit install")) }
        if options.hasVSCode {
            steps.append(Step(name: "VS Code", text: "code --install-extension redhat.vscode-yaml"))
        }
        return steps
    }

    /// The steps that only an administrator of the repository can do on GitHub.
    private var gitHub: String {
        var lines = [
            "push to \(branch), then require the checks \"check\" and \"review\" in a rule for this branch",
            "for a private repository, give the review contents: read and a fetch-token",
        ]
        if options.owners.isEmpty, !hasOwners {
            lines.append("name who must approve changes: roster init --owners @USER")
        } else {
            lines.append("require a review from code owners in the rule")
        }
        if options.owners.contains(where: { $0.contains("/") }) {
            lines.append("give the review a token that can read the members of the team")
        }
        return lines.joined(separator: "\n")
    }

    /// The steps that only a maintainer of the project can do on GitLab.
    private var gitLab: String {
        """
        require successful pipelines for merge requests, and protect \(branch)
        require the approval of code owners
        """
    }
}
