/// Everything that a renderer of `check` needs to know.
public struct Report: Sendable {
    /// In the order of ``Diagnostic/isOrderedBefore(_:_:)``.
    public var diagnostics: [Diagnostic]
    /// The files that were read, relative to git's top level, in byte order.
    public var files: [String]
    /// What was counted.
    public var summary: Summary
    /// Every rule there is, for formats that describe them.
    public var rules: [RuleDescription]
    /// Roster's own version.
    public var toolVersion: String

    /// Makes a report from its parts.
    public init(
        diagnostics: [Diagnostic],
        files: [String],
        summary: Summary,
        rules: [RuleDescription],
        toolVersion: String
    ) {
        self.diagnostics = diagnostics
        self.files = files
        self.summary = summary
        self.rules = rules
        self.toolVersion = toolVersion
    }

    /// How much was checked and found.
    public struct Summary: Sendable, Hashable {
        /// Diagnostics of that severity.
        public var errors: Int
        /// Diagnostics of that severity.
        public var warnings: Int
        /// Entries under `projects`.
        public var projects: Int
        /// Provider files.
        public var providers: Int
        /// Secret files.
        public var secrets: Int

        /// Makes a summary from its parts.
        public init(errors: Int, warnings: Int, projects: Int, providers: Int, secrets: Int) {
            self.errors = errors
            self.warnings = warnings
            self.projects = projects
            self.providers = providers
            self.secrets = secrets
        }
    }

    /// What a format may say of a rule.
    public struct RuleDescription: Sendable, Hashable {
        /// The rule's stable name.
        public var name: String
        /// The severity that the rule has when nothing else is said.
        public var severity: Severity
        /// One line.
        public var summary: String
        /// A paragraph.
        public var explanation: String

        /// Makes a description from its parts.
        public init(name: String, severity: Severity, summary: String, explanation: String) {
            self.name = name
            self.severity = severity
            self.summary = summary
            self.explanation = explanation
        }
    }
}
