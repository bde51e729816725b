package import RosterDiagnostics
import RosterModel
package import RosterSources

/// `unexpected-file`: a file under providers/ or secrets/ that is not read.
package enum UnexpectedFile: ListingRule {
    package static let name = "unexpected-file"
    package static let severity = Severity.warning
    package static let summary = "a file under providers/ or secrets/ that is not read"
    package static let explanation = """
        Only <project>/<handle>.yaml is read under providers/ and secrets/; any other file there is easily mistaken \
        for one that is read. If the name of a file suggests that it should be read, this is an error, because its \
        record would be missing from the registry: a file that is not in a project's folder or is in a folder below \
        it, a file that ends in .yml, .json or .YAML, and a file in a folder such as Providers or provider. Move or \
        rename it. Any other file, such as README.md, is a warning.
        """
    package static let failing = RuleExample(("providers/gpt-4o-search.yaml", RuleExample.provider))
    package static let passing = RuleExample(
        (
            "providers/acme/gpt-4o-search.yaml",
            RuleExample.provider.replacing("for checkout", with: "for search")
                .replacing("8QzKx0vT2mWb4NcR", with: "3hPq7RsT9uVwXyZa")
        )
    )

    static func check(_ problem: ListingProblem, _ findings: inout Findings) {
        switch problem {
        case .unreadFile(let name, let folder): report(name, in: folder, &findings)
        case .unrelatedFile(let path, let expected): reportOther(path, expected: expected, &findings)
        case .unrelatedFolder(let path): reportOther(path, expected: "<handle>.yaml", &findings)
        default: break
        }
    }

    /// Reports a file in a project's folder.
    static func report(_ name: String, in folder: String, _ findings: inout Findings) {
        let path = folder + "/" + name
        if let meant = MeantRecordName(name) {
            let rename = meant.corrected.map { move(path, to: folder + "/" + $0) }
            findings.report(
                Self.self,
                at: .path(path),
                "this file is not read, because its name does not end in .yaml",
                severity: .error,
                help: rename.map { "rename it: \($0)" } ?? "rename it to <handle>.yaml"
            )
            return
        }
        reportOther(path, expected: "<handle>.yaml", &findings)
    }

    /// Reports a file that is not in a project's folder, and not a record by its name.
    static func reportOther(_ path: String, expected: String, _ findings: inout Findings) {
        findings.report(
            Self.self,
            at: .path(path),
            "this is not read; only \(expected) is",
            help: "move it out of this folder"
        )
    }

    /// Reports the records that are not read because of their place, with the projects that they can belong to.
    package static func check(_ listing: Listing, projects: [String], _ findings: inout Findings) {
        guard !listing.misplaced.isEmpty else { return }
        let taken = Set(listing.files.map(\.path))
        for record in listing.misplaced {
            let kind = record.role == .provider ? "provider" : "secret"
            findings.report(
                Self.self,
                at: .path(record.path),
                "this \(kind) is not read, because \(reason(record))",
                severity: .error,
                help: help(record, projects: projects, taken: taken, listing)
            )
        }
    }

    private static func reason(_ record: MisplacedRecord) -> String {
        if record.project != nil { return "folders below a project's folder are not searched" }
        return record.folder == record.role.folder
            ? "it is not in a project's folder" : "the folder is called \(quoted(record.folder))"
    }

    private static func help(
        _ record: MisplacedRecord,
        projects: [String],
        taken: Set<String>,
        _ listing: Listing
    ) -> String {
        let top = record.role.folder
        guard let name = record.name else { return "move it to \(top)/<project>/<handle>.yaml" }
        guard let project = record.project ?? named(in: record, projects) ?? only(projects) else {
            let target = "git mv \(ShellArgument.quoted(record.path)) \(top)/<project>/\(name)"
            let which =
                projects.isEmpty ? "a project's folder" : "the folder of its project, \(shortList(projects, "or"))"
            return "move it to \(which): \(target)"
        }
        var target = "\(top)/\(project)/\(name)"
        if taken.contains(target) { target = "\(top)/\(project)/<another handle>.yaml" }
        let isThere = listing.folders.contains { $0.role == record.role && $0.project == project }
        let folder = isThere ? "" : "mkdir -p \(top)/\(project) && "
        return "move it to \(top)/\(project)/: \(folder)\(move(record.path, to: target))"
    }

    /// Returns the project whose folder contains a file, in a top-level folder that should have another name.
    private static func named(in record: MisplacedRecord, _ projects: [String]) -> String? {
        let parts = record.path.split(separator: "/").map(String.init)
        return parts.count == 3 && projects.contains(parts[1]) ? parts[1] : nil
    }

    private static func only(_ projects: [String]) -> String? { projects.count == 1 ? projects[0] : nil }

    /// Returns the command that moves a file.
    package static func move(_ path: String, to target: String) -> String {
        "git mv \(ShellArgument.quoted(path)) \(target)"
    }
}
