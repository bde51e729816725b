/// `guarded-file-changed`: a file changes that decides how changes are reviewed, shown or checked.
enum GuardedFileChanged: RiskRule {
    static let name = "guarded-file-changed"
    static let risk = Risk.critical
    static let summary = "a file changes that decides how changes are reviewed, shown or checked"
    static let explanation = """
        .gitattributes decides how a diff looks, .gitmodules what else is fetched, CODEOWNERS who must approve. What a \
        host runs (.github/, .gitlab-ci.yml, .circleci/, Jenkinsfile, action.yml and others), what a hook manager, an \
        environment loader or an editor executes (lefthook.yml, .husky/, .envrc, .vscode/ and others), and \
        the files that these name, can switch off the review of everything else or take a key. A file beside a record \
        whose name differs only in case (Roster.yaml) replaces it on some file systems. Read the file itself.
        """
    static let example = RiskExample(
        .add(".gitattributes", "secrets/** -diff\n")
    )

    /// The reason.
    static let sentence = "it decides how changes are reviewed, shown or checked"
}
