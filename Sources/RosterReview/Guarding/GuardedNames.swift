/// The names that a host, git, a hook manager or an environment loader looks for in a repository.
///
/// A guarded name counts in each folder that is searched (``GuardedFiles``). When it is the name of a folder, everything
/// below that folder counts.
enum GuardedNames {
    /// Names that have one reason to be guarded.
    struct Group: Sendable {
        /// What reads or executes these files.
        var reason: String
        /// Names, compared as a whole.
        var names: [String] = []
        /// The beginnings of names.
        var prefixes: [String] = []
        /// The endings of names.
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
                "CODEOWNERS", ".bitbucket", ".gitleaks.toml", ".gitleaksignore", ".gitguardian.yaml",
                ".gitguardian.yml", ".secrets.baseline", ".reviewdog.yml", ".reviewdog.yaml", ".coderabbit.yaml",
                ".mergify.yml", ".mergify", "bors.toml", ".kodiak.toml",
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
                ".taskcluster.yml", ".packit.yaml", ".packit.yml", ".copr", ".vsts-ci.yml", ".cds",
            ],
            prefixes: [
                "Jenkinsfile", ".drone.", ".woodpecker", ".travis.", ".semaphore.", "azure-pipelines",
                "bitbucket-pipelines", "cloudbuild.", "appveyor.", ".appveyor.", ".cirrus.", "buildspec.",
                ".codebuild", ".bitrise.",
            ],
            suffixes: [".gocd.yaml", ".gocd.yml", ".jenkinsfile"]
        ),
        Group(
            reason: "a hosting service builds and runs from it",
            names: [
                "netlify.toml", "vercel.json", "render.yaml", "heroku.yml", "Procfile", "app.json", ".platform",
                ".platform.app.yaml", ".readthedocs.yaml", ".readthedocs.yml", "readthedocs.yml", "fly.toml",
            ]
        ),
        Group(
            reason: "a bot with write access acts by it",
            names: ["renovate.json", "renovate.json5", ".dependabot"],
            prefixes: [".renovaterc"]
        ),
        Group(
            reason: "a hook manager executes it on commits",
            names: [
                ".husky", ".lefthook", ".lefthook-local", ".githooks", "githooks", ".git-hooks", "git-hooks", ".hooks",
                ".overcommit", ".overcommit.yml", ".pre-commit-hooks.yaml", "prek.toml", ".prek.toml", "hk.pkl",
                "captainhook.json", "grumphp.yml",
            ],
            prefixes: [
                ".pre-commit-config.", ".huskyrc", "lefthook.", ".lefthook.", "lefthook-local.", ".lefthook-local.",
                ".lintstagedrc", "lint-staged.config.", ".simple-git-hooks.", "simple-git-hooks.",
            ]
        ),
        Group(
            reason: "an environment loader executes it, or takes variables and programs from it",
            names: [
                ".env", ".mise", "mise", ".config", ".tool-versions", ".prototools", ".rtx.toml", "devbox.json",
                "flake.nix", "shell.nix", "default.nix", "devenv.nix", "devenv.yaml", ".autoenv.zsh", ".autoenv",
                ".shadowenv.d", ".direnvrc", ".direnv", "pixi.toml",
            ],
            prefixes: [".envrc", ".env.", ".mise.", "mise.", "devenv."]
        ),
        Group(
            reason: "an editor or a development container executes it when the folder is opened",
            names: [
                ".devcontainer", ".devcontainer.json", ".vscode", ".idea", ".zed", ".fleet", ".cursor", ".mcp.json",
                ".gitpod", ".exrc", ".vimrc", ".nvimrc", ".nvim.lua", ".dir-locals.el", ".dir-locals-2.el",
                ".replit", ".run",
            ],
            prefixes: [".gitpod."],
            suffixes: [".code-workspace"]
        ),
    ]

    /// Folders of git's top level that hold the gate itself, each with what runs it.
    static let gateFolders = ["deploy/github", "deploy/gitlab-ci.yml"]

    private static let names = Set(groups.flatMap(\.names).map(fold))
    private static let prefixes = groups.flatMap(\.prefixes).map(fold)
    private static let suffixes = groups.flatMap(\.suffixes).map(fold)

    /// Returns whether a name is guarded, in any spelling that some file system takes for it.
    static func contains(_ name: String) -> Bool {
        let name = fold(name)
        // git writes no such name. One in a forged tree is a path, and hides what lies there.
        if name.utf8.contains(UInt8(ascii: "/")) { return true }
        return names.contains(name) || prefixes.contains { name.hasPrefix($0) }
            || suffixes.contains { name.hasSuffix($0) }
    }

    /// Returns the spelling that a name shares with all names that a case-insensitive file system takes for the same.
    ///
    /// ASCII letters become lower-case. HFS+ ignores some code points, and Windows drops dots and spaces at the end and
    /// opens the same file with a stream's name (`name::$DATA`).
    static func fold(_ name: String) -> String {
        var isPlain = true
        for byte in name.utf8 where byte >= 0x80 || (0x41...0x5A).contains(byte) || byte == 0x3A { isPlain = false }
        if isPlain, let last = name.utf8.last, last != 0x2E, last != 0x20 { return name }
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars where !isIgnored(scalar) {
            if scalar == ":" { break }
            let isUpper = ("A"..."Z").contains(scalar)
            scalars.append(isUpper ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
        }
        while let last = scalars.last, last == "." || last == " " { scalars.removeLast() }
        return String(scalars)
    }

    /// Code points that HFS+ leaves out when it compares names; see git's `next_hfs_char`.
    private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
        default: false
        }
    }
}
