/// `hook-configuration-changed`: `.pre-commit-config.yaml` is added, changed or deleted.
enum HookConfigurationChanged: RiskRule {
    static let name = "hook-configuration-changed"
    static let risk = Risk.high
    static let summary = ".pre-commit-config.yaml is added, changed or deleted"
    static let explanation = """
        pre-commit runs the hooks of this file on the machine of everyone who commits. Check each repository and \
        revision in it. The commit that installs the hooks is such a change, so the hook, which stops at \
        critical, accepts it.
        """
    static let example = RiskExample(
        .add(fileName, "repos: []\n")
    )

    /// The name of the file that pre-commit reads.
    static let fileName = ".pre-commit-config.yaml"
    /// The reason.
    static let sentence = "it names the programs that run on each commit"
}
