package import RosterDiagnostics
import Glibc
import RosterSources

/// `unreadable-file`: a file or folder exists but cannot be read.
package enum UnreadableFile: ListingRule {
    package static let name = "unreadable-file"
    package static let severity = Severity.error
    package static let summary = "a file or folder exists but cannot be read"
    package static let explanation = """
        A file or folder exists but cannot be opened or read, so its contents were not checked. Fix its permissions; \
        if git misses an object, check the repository with `git fsck`.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider,
        special: .unreadable("providers/acme/gpt-4o-mini.yaml")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(_ problem: ListingProblem, _ findings: inout Findings) {
        guard case .unreadableFolder(let failure, let path) = problem else { return }
        report(failure, path: path, what: "folder", &findings)
    }

    static func report(_ failure: TreeFailure, path: String, what: String, _ findings: inout Findings) {
        findings.report(Self.self, at: .path(path), message(failure, what: what), help: help(failure))
    }

    static func report(_ failure: TreeFailure, file: FileIndex, _ findings: inout Findings) {
        findings.report(Self.self, at: .file(file, nil), message(failure, what: "file"), help: help(failure))
    }

    private static func message(_ failure: TreeFailure, what: String) -> String {
        "the \(what) cannot be read: \(failure.reason)"
    }

    private static func help(_ failure: TreeFailure) -> String? {
        failure.code == EACCES || failure.code == EPERM ? "fix its permissions" : nil
    }
}
