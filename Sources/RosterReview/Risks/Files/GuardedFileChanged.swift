/// `guarded-file-changed`: a file that decides how changes are reviewed, shown or checked is changed.
enum GuardedFileChanged: RiskRule {
    static let name = "guarded-file-changed"
    static let risk = Risk.critical
    static let summary = "a file that decides how changes are reviewed, shown or checked is changed"
    static let explanation = """
        .gitattributes controls how a diff is shown, .gitmodules what else is fetched, and CODEOWNERS who must \
        approve. Files that a host runs (.github/, .gitlab-ci.yml, .circleci/, Jenkinsfile, action.yml and \
        others), files that a hook manager, an environment loader or an editor executes (lefthook.yml, .husky/, \
        .envrc, .vscode/ and others), and the files that they refer to, can turn off the review of everything \
        else or read a key. A file whose name differs from a record's only in case (Roster.yaml) replaces the \
        record on some file systems. Read the file.
        """
    static let example = RiskExample(
        .add(".gitattributes", "secrets/** -diff\n")
    )

    /// The reason.
    static let sentence = "it decides how changes are reviewed, shown or checked"
}
