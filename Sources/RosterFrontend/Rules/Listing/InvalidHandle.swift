import RosterBytes
package import RosterDiagnostics
import RosterModel
import RosterSources
import YAMLSyntax

/// `invalid-handle`: a name of a folder, file, project or policy that is not a handle.
package enum InvalidHandle: ListingRule {
    package static let name = "invalid-handle"
    package static let severity = Severity.error
    package static let summary = "a name of a folder, file, project or policy that is not a handle"
    package static let explanation = """
        Projects, providers and secrets are named by handles: 1 to 63 lower-case letters, digits and inner hyphens. \
        Some file systems do not distinguish upper and lower case, so two names must not differ by case alone. Rename \
        the file or folder; the record keeps its id and stays the same record.
        """
    package static let failing = RuleExample(
        ("providers/acme/GPT_4o.yaml", RuleExample.provider),
        special: .missing("providers/acme/gpt-4o.yaml")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(_ problem: ListingProblem, _ findings: inout Findings) {
        guard case .invalidName(let name, let path, let kind) = problem else { return }
        report(name, path: path, what: kind, &findings)
    }

    static func report(_ name: String, path: String, what: String, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: .path(path),
            "the \(what) name \(quoted(name)) is not a handle",
            help: renaming(name, path: path, suffix: what == "file" ? RepositoryLayout.recordSuffix : "")
        )
    }

    static func report(_ name: String, at span: ByteSpan, what: String, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: span,
            "the \(what) name \(quoted(name)) is not a handle",
            help: help(name, suffix: "")
        )
    }

    /// The definition of a handle, for a message.
    static let rule = "a handle is 1 to 63 of a-z, 0-9 and inner hyphens"

    /// Returns the definition of a handle, and the command that renames a file or folder to the nearest one.
    private static func renaming(_ name: String, path: String, suffix: String) -> String {
        let stem = name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
        let near = Handle.nearest(to: stem)
        guard !near.isEmpty, near != stem else { return rule }
        let target = path.dropLast(name.count) + near + suffix
        return rule + "; rename it: \(UnexpectedFile.move(path, to: String(target)))"
    }

    /// Returns the definition of a handle, and the nearest one to a name.
    static func help(_ name: String, suffix: String) -> String {
        let stem = name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
        let near = Handle.nearest(to: stem)
        return near.isEmpty || near == stem ? rule : rule + ", such as \(near)\(suffix)"
    }
}
