/// The names that a host, git, a hook manager or an environment loader reads in a repository.
///
/// A guarded name applies in each folder that is searched (``GuardedFiles``). If it is the name of a folder, all
/// contents of the folder are guarded.
enum GuardedNames {
    /// Names that are guarded for the same reason.
    struct Group: Sendable {
        /// The programs that read or execute these files.
        var reason: String
        /// Names that are compared as a whole.
        var names: [String] = []
        /// Prefixes of names.
        var prefixes: [String] = []
        /// Suffixes of names.
        var suffixes: [String] = []
    }

    static let groups: [Group] = [
        Group(
            reason: "git shows, merges and fetches by it",
            names: [".gitattributes", ".gitmodules", ".lfsconfig"]
        ),
        Group(
            reason: "the host decides by it who must approve, and which checks of secrets and changes run",
            names: [
                "CODEOWNERS", ".bitbucket", ".gitleaksignore", ".secrets.baseline", ".gitallowed", ".talismanrc",
                ".trivyignore", ".semgrepignore", ".semgrep", ".snyk", ".whitesource", ".mergify", ".mergify.yml",
                "bors.toml", ".bors.toml", ".kodiak.toml", ".cm", ".trunk", ".asf.yaml", "OWNERS", "OWNERS_ALIASES",
                "Dangerfile", "sonar-project.properties",
            ],
            prefixes: [
                ".gitleaks.", ".gitguardian.", ".reviewdog.", ".coderabbit.", ".pullapprove.", ".policy.",
                ".bulldozer.", ".mergequeue.", ".reviewpad.", "reviewpad.", ".trivyignore.", ".semgrep.", ".checkov.",
                ".pr_agent.", ".sourcery.", ".restyled.", ".hound.", ".codeclimate.", ".codecov.", "codecov.",
                ".sonarcloud.", ".mega-linter.", "dangerfile.",
            ]
        ),
        Group(
            reason: "GitHub and its relatives run workflows and actions from it",
            names: [".github", ".gitea", ".forgejo", "action.yml", "action.yaml"]
        ),
        Group(reason: "GitLab runs pipelines from it", names: [".gitlab"], prefixes: [".gitlab-ci"]),
        Group(
            reason: "a CI service runs jobs from it",
            names: [
                ".circleci", "circle.yml", ".buildkite", "buildkite.yml", "buildkite.yaml", "buildkite.json",
                ".travis", ".semaphore", ".teamcity", ".azure-pipelines", ".azuredevops", ".jenkins", ".ci", ".cirrus",
                ".builds", ".build.yml", ".tekton", ".harness", ".codefresh", "codefresh.yml", "wercker.yml",
                ".scrutinizer.yml", "shippable.yml", "bitrise.yml", "codemagic.yaml", "screwdriver.yaml", ".prow.yaml",
                ".prow", ".zuul.d", "zuul.d", ".zuul.yaml", "zuul.yaml", ".onedev-buildspec.yml", ".space.kts",
                ".taskcluster.yml", ".packit.yaml", ".packit.yml", ".copr", ".vsts-ci.yml", ".cds", "bamboo-specs",
                ".pipelines", ".buddy", "buddy.yml", ".evergreen.yml", "evergreen.yml", ".lighthouse", "ci_scripts",
                ".workflow", ".cnb.yml", ".sourcecraft", ".ci-operator.yaml", ".tugboat", ".expeditor",
            ],
            prefixes: [
                "Jenkinsfile", ".drone.", ".woodpecker", ".travis.", ".semaphore.", "azure-pipelines",
                "bitbucket-pipelines", "cloudbuild.", "appveyor.", ".appveyor.", ".cirrus.", "buildspec.",
                ".codebuild", ".bitrise.", ".vela.", ".builds.", "codeship-", "gitflic-ci.", ".coding-ci.",
            ],
            suffixes: [".gocd.yaml", ".gocd.yml", ".jenkinsfile"]
        ),
        Group(
            reason: "a hosting service builds and runs from it",
            names: [
                "netlify.toml", "vercel.json", "render.yaml", "heroku.yml", "Procfile", "app.json", ".platform",
                ".platform.app.yaml", ".upsun", ".readthedocs.yaml", ".readthedocs.yml", "readthedocs.yml",
                "fly.toml", "amplify.yml", "apprunner.yaml", ".do", "railway.json", "railway.toml", "nixpacks.toml",
                "now.json", ".ebextensions",
            ],
            prefixes: ["wrangler."]
        ),
        Group(
            reason: "a bot with write access acts by it",
            names: ["renovate.json", "renovate.json5", ".dependabot", ".scala-steward.conf", "updatecli.d"],
            prefixes: [".renovaterc", ".pyup.", "updatecli.", ".releaserc", "release.config.", ".goreleaser."]
        ),
        Group(
            reason: "a hook manager executes it on commits",
            names: [
                ".husky", ".lefthook", ".lefthook-local", ".githooks", "githooks", ".git-hooks", "git-hooks", ".hooks",
                ".overcommit", ".overcommit.yml", ".local-overcommit.yml", ".pre-commit-hooks.yaml", "prek.toml",
                ".prek.toml", "hk.pkl", "hk.local.pkl", ".cargo-husky", ".gitlint", ".czrc",
                PackageManifest.name,
            ],
            prefixes: [
                ".pre-commit-config.", ".huskyrc", "husky.config.", "lefthook.", ".lefthook.", "lefthook-local.",
                ".lefthook-local.", ".lintstagedrc", "lint-staged.config.", ".simple-git-hooks.", "simple-git-hooks.",
                "captainhook.", "grumphp.", "rusty-hook.", ".rusty-hook.", ".commitlintrc", "commitlint.config.",
                ".cz.", ".cz-config.",
            ]
        ),
        Group(
            reason: "an environment loader executes it, or takes variables and programs from it",
            names: [
                ".env", ".mise", "mise", ".mise-tasks", "mise-tasks", ".config", ".tool-versions", ".prototools",
                ".rtx.toml", ".rtx", ".vfox.toml", ".vfox", "shell.nix", "default.nix", ".autoenv.zsh", ".autoenv",
                ".shadowenv.d", ".direnvrc", ".direnv", ".flox",
            ],
            prefixes: [
                ".envrc", ".env.", ".mise.", "mise.", "devenv.", "devbox.", "devshell.", "flake.", "pixi.", "pkgx.",
                ".pkgx.", "aqua.", ".aqua.", "rust-toolchain",
            ]
        ),
        Group(
            reason: "an editor or a development container executes it when the folder is opened",
            names: [
                ".devcontainer", ".devcontainer.json", ".vscode", ".vs", ".idea", ".zed", ".fleet", ".helix", ".nova",
                ".theia", ".gitpod", ".ona", ".exrc", ".vimrc", ".lvimrc", ".local.vimrc", ".nvimrc", ".nvim.lua",
                ".nvim", ".dir-locals.el", ".dir-locals-2.el", ".replit", ".run", ".idx",
            ],
            prefixes: [".gitpod."],
            suffixes: [".code-workspace"]
        ),
        Group(
            reason: "a coding agent acts by it, or executes commands from it",
            names: [
                ".mcp.json", ".cursor", ".cursorrules", ".claude", ".codex", ".gemini", ".windsurf", ".windsurfrules",
                ".kiro", ".continue", ".opencode", "opencode.json", "opencode.jsonc", ".amazonq", ".roo", ".roomodes",
                ".clinerules", ".augment", ".junie", ".trae", ".goosehints",
            ],
            prefixes: [".aider."]
        ),
    ]

    /// Folders of git's top level that contain the gate itself, each with the program that runs it.
    static let gateFolders = ["deploy/github", "deploy/gitlab-ci.yml"]

    private static let names = Set(groups.flatMap(\.names).map(fold))
    private static let prefixes = groups.flatMap(\.prefixes).map(fold)
    private static let suffixes = groups.flatMap(\.suffixes).map(fold)

    /// Returns whether a name is guarded, in any spelling that some file system accepts for it.
    static func contains(_ name: String) -> Bool {
        let name = fold(name)
        // Git does not write such a name. In a forged tree it is a path that hides the file there.
        if name.utf8.contains(UInt8(ascii: "/")) { return true }
        return names.contains(name) || prefixes.contains { name.hasPrefix($0) }
            || suffixes.contains { name.hasSuffix($0) }
    }

    /// Returns the spelling that a name shares with all names that a case-insensitive file system treats as equal.
    ///
    /// Case is folded as in Unicode, so that `K` (the Kelvin sign) is `k`. HFS+ ignores some code points, and Windows
    /// removes trailing dots and spaces and opens the same file under a stream's name (`name::$DATA`).
    static func fold(_ name: String) -> String {
        var isPlain = true
        for byte in name.utf8 where byte >= 0x80 || (0x41...0x5A).contains(byte) || byte == 0x3A { isPlain = false }
        if isPlain, let last = name.utf8.last, last != 0x2E, last != 0x20 { return name }
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars where !isIgnored(scalar) {
            if scalar == ":" { break }
            scalars.append(scalar)
        }
        while let last = scalars.last, last == "." || last == " " { scalars.removeLast() }
        let text = String(scalars)
        // The upper case of some letters has a different lower case: that of the long s is s.
        return text.utf8.allSatisfy { $0 < 0x80 } ? text.lowercased() : text.uppercased().lowercased()
    }

    /// Code points that HFS+ ignores in names; see git's `next_hfs_char`.
    private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
        default: false
        }
    }
}
