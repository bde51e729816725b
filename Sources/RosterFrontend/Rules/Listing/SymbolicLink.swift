package import RosterDiagnostics
import RosterSources

/// `symbolic-link`: a link, submodule, nested repository or special file where a file or folder is expected.
package enum SymbolicLink: ListingRule {
    package static let name = "symbolic-link"
    package static let severity = Severity.error
    package static let summary =
        "a link, submodule, nested repository or special file where a file or folder is expected"
    package static let explanation = """
        Every file that is read must be stored in this repository, so that reviewers see it. A symbolic link, a \
        submodule, a nested .git, a pipe or a device under providers/ or secrets/ is refused and never followed. \
        Replace it with the file itself.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider,
        special: .symbolicLink("providers/acme/claude.yaml")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(_ problem: ListingProblem, _ findings: inout Findings) {
        switch problem {
        case .unexpectedKind(let kind, let path, let expected):
            report(kind, path: path, expected: expected, &findings)
        case .nestedRepository(let path): reportNestedRepository(path: path, &findings)
        default: break
        }
    }

    static func report(_ kind: TreeEntry.Kind, path: String, expected: String, _ findings: inout Findings) {
        let found =
            switch kind {
            case .file: "a file"
            case .folder: "a folder"
            case .symbolicLink: "a symbolic link"
            case .submodule: "a submodule"
            case .special: "a pipe, socket or device"
            }
        findings.report(
            Self.self,
            at: .path(path),
            "expected \(expected), found \(found)",
            help: kind == .symbolicLink ? "put the file itself here; links are never followed" : nil
        )
    }

    static func report(file: FileIndex, _ findings: inout Findings) {
        findings.report(Self.self, at: .file(file, nil), "expected a file, found a link or a special file")
    }

    static func reportNestedRepository(path: String, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: .path(path),
            "a git repository is nested here",
            help: "move it out of the repository; git does not track the files next to a nested .git"
        )
    }
}
