import RosterModel
import YAMLSyntax

extension LiteLLMImport {
    /// Returns a Boolean value that indicates whether a leaf is a key in the clear, by its shape or by its name.
    private func isKey(_ leaf: ImportPlace) -> Bool {
        guard let text = source.text(leaf), Self.variable(text) == nil else { return false }
        if !KeyShapeScanner.matches(in: text).isEmpty { return true }
        guard let name = source.path(of: leaf).last, name != "api_key" || !Self.isPlaceholder(text) else {
            return false
        }
        return KeyContext().member(name.lowercased()).isKey(text)
    }

    /// Returns the findings of a plan: exactly one for each leaf of the files, in their order.
    package func findings(_ plan: ImportPlan) -> [ImportFinding] {
        source.leaves.map { leaf in
            let file = source.files[leaf.file]
            let (line, column) = file.yaml.place(of: Int(source.node(leaf).span.start))
            let otherwise = LiteLLMParameter.reason(source.path(of: leaf))
            var (kind, message) = plan.notes.fate(of: leaf, names: plan.names, otherwise: otherwise)
            if kind == .left, isKey(leaf) { message += "; it is a key in the clear: revoke it" }
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
