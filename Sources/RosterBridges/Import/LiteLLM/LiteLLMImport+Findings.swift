import YAMLSyntax

extension LiteLLMImport {
    /// Returns the findings of a plan: exactly one for each leaf of the files, in their order.
    package func findings(_ plan: ImportPlan) -> [ImportFinding] {
        source.leaves.map { leaf in
            let file = source.files[leaf.file]
            let (line, column) = file.yaml.place(of: Int(source.node(leaf).span.start))
            let otherwise = LiteLLMParameter.reason(source.path(of: leaf))
            let (kind, message) = plan.notes.fate(of: leaf, names: plan.names, otherwise: otherwise)
            return ImportFinding(
                kind: kind,
                file: file.name,
                line: line,
                column: column,
                path: source.shownPath(of: leaf),
                message: message
            )
        }
    }
}
