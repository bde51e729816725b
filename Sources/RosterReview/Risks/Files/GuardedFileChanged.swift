/// `guarded-file-changed`: a file changes that decides how changes are reviewed, shown or checked.
enum GuardedFileChanged: RiskRule {
    static let name = "guarded-file-changed"
    static let risk = Risk.critical
    static let summary = "a file changes that decides how changes are reviewed, shown or checked"
    static let explanation = """
        .gitattributes decides how a diff looks, .gitmodules what else is fetched, CODEOWNERS who must approve, \
        .github/, .gitlab-ci.yml and .pre-commit-config.yaml what checks and gates run. Whoever changes them can \
        switch off the review of everything else: read the file itself.
        """
    static let example = RiskExample(
        .add(".gitattributes", "secrets/** -diff\n")
    )

    /// The reason.
    static let sentence = "it decides how changes are reviewed, shown or checked"
}
