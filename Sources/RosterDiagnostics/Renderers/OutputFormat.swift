/// An output format of `check`.
public enum OutputFormat: String, CaseIterable, Sendable {
    /// For people, with the source line and a caret.
    case text
    /// For scripts and other programs.
    case json
    /// For code scanning: SARIF 2.1.0.
    case sarif
    /// For CI hosts that show tests.
    case junit
    /// For GitHub's annotations: workflow commands.
    case github
    /// For GitLab's merge requests: Code Quality.
    case gitlab
    /// For reviewdog: its diagnostic format, one JSON object a line.
    case rdjsonl
}

/// Options for rendering a report.
public struct RenderOptions: Sendable {
    /// A Boolean value that indicates whether text is coloured.
    public var useColor: Bool
    /// A Boolean value that indicates whether text omits the summary.
    public var isQuiet: Bool
    /// A Boolean value that indicates whether a CI host would interpret workflow commands in text.
    public var breaksWorkflowCommands: Bool

    /// Creates options.
    public init(useColor: Bool = false, isQuiet: Bool = false, breaksWorkflowCommands: Bool = false) {
        self.useColor = useColor
        self.isQuiet = isQuiet
        self.breaksWorkflowCommands = breaksWorkflowCommands
    }
}

/// Renders a report in a format; the result ends with a line end, unless it is empty.
public func render(_ report: Report, as format: OutputFormat, options: RenderOptions = RenderOptions()) -> String {
    switch format {
    case .text: TextRenderer(options).render(report)
    case .json: JSONRenderer.render(report)
    case .sarif: SARIFRenderer.render(report)
    case .junit: JUnitRenderer.render(report)
    case .github: GitHubRenderer.render(report)
    case .gitlab: GitLabRenderer.render(report)
    case .rdjsonl: RDJSONLRenderer.render(report)
    }
}
