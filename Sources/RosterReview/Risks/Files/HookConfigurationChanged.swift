/// `hook-configuration-changed`: `.pre-commit-config.yaml` is added, changed or deleted.
enum HookConfigurationChanged: RiskRule {
    static let name = "hook-configuration-changed"
    static let risk = Risk.high
    static let summary = ".pre-commit-config.yaml is added, changed or deleted"
    static let explanation = """
        pre-commit runs the hooks that it names on the machines of everybody who commits. Look at each repository and \
        revision that it names. The commit that installs the hooks is one of these changes, so the hook itself, which \
        stops at critical, lets it pass.
        """
    static let example = RiskExample(
        .add(fileName, "repos: []\n")
    )

    /// The one name that pre-commit reads.
    static let fileName = ".pre-commit-config.yaml"
    /// The reason.
    static let sentence = "it names the programs that run on each commit"
}
