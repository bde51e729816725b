/// What `check` can print.
public enum OutputFormat: String, CaseIterable, Sendable { case text, json, sarif, junit, github, gitlab }
public struct RenderOptions: Sendable {
    public var useColor: Bool
    public var isQuiet: Bool
    public var breaksWorkflowCommands: Bool
    public init(useColor: Bool = false, isQuiet: Bool = false, breaksWorkflowCommands: Bool = false) {
        self.useColor = useColor; self.isQuiet = isQuiet; self.breaksWorkflowCommands = breaksWorkflowCommands
    }
}
public func render(_ report: Report, as format: OutputFormat, options: RenderOptions) -> String {
    report.diagnostics.map { d in
        "\(d.severity.rawValue)[\(d.rule)]: \(d.message)\n  --> \(d.place.path):\(d.place.span?.line ?? 0):\(d.place.span?.column ?? 0)\n  | \(d.place.excerpt?.text ?? "")\n  | \(String(repeating: " ", count: d.place.excerpt?.caretOffset ?? 0))\(String(repeating: "^", count: d.place.excerpt?.caretLength ?? 0)) \(d.label ?? "")\n  = help: \(d.help ?? "")\n"
            + d.related.map { "  note: \($0.message) \($0.place.path):\($0.place.span?.line ?? 0)\n" }.joined()
    }.joined() + "\(report.summary)\n"
}
