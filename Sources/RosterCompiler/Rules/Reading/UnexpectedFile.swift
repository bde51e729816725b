import RosterDiagnostics

/// `unexpected-file`: a file under providers/ or secrets/ that is not read.
enum UnexpectedFile: Rule {
    static let name = "unexpected-file"
    static let severity = Severity.warning
    static let summary = "a file under providers/ or secrets/ that is not read"
    static let explanation = """
        Only <project>/<handle>.yaml is read under providers/ and secrets/; whatever else lies there is easily mistaken for \
        something that counts. Move it elsewhere. A file that ends in .yml is an error, because its author meant it \
        to be read: rename it to .yaml.
        """
    static let failing = RuleExample(("providers/acme/README.md", "Our providers.\n"))
    static let passing = RuleExample(provider: RuleExample.provider)

    static func report(_ name: String, path: String, isInProject: Bool, _ findings: inout Findings) {
        // Git's own files say nothing that anyone could take for a record.
        guard name != ".gitkeep", name != ".gitattributes", name != ".gitignore" else { return }
        let stem = name.hasSuffix(".yml") ? name.dropLast(4) : nil
        if let stem, isInProject {
            findings.report(
                Self.self,
                at: .path(path),
                "a file that ends in .yml is not read",
                severity: .error,
                help: "rename it: git mv \(path) \(path.dropLast(name.utf8.count))\(stem).yaml"
            )
            return
        }
        let expected = isInProject ? "<handle>.yaml" : "<project>/<handle>.yaml"
        findings.report(
            Self.self,
            at: .path(path),
            "this is not read; only \(expected) is",
            help: "move it out of this folder"
        )
    }
}
