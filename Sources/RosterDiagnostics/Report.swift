/// The results of a check, as the renderers need them.
public struct Report: Sendable {
    /// The diagnostics, in the order of ``Diagnostic/isOrderedBefore(_:_:)``.
    public var diagnostics: [Diagnostic]
    /// The files that were read, relative to git's top level, in byte order.
    public var files: [String]
    /// The counts.
    public var summary: Summary
    /// All rules, for formats that describe them.
    public var rules: [RuleDescription]
    /// The version of Roster.
    public var toolVersion: String
    /// The only files whose problems are reported, relative to git's top level; nil when the report is on all files.
    public var reportedFiles: [String]?

    /// Creates a report from its parts.
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

    /// The numbers of checked records and of problems.
    public struct Summary: Sendable, Hashable {
        /// The number of diagnostics of this severity.
        public var errors: Int
        /// The number of diagnostics of this severity.
        public var warnings: Int
        /// The number of entries under `projects`.
        public var projects: Int
        /// The number of provider files.
        public var providers: Int
        /// The number of secret files.
        public var secrets: Int

        /// Creates a summary from its parts.
        public init(errors: Int, warnings: Int, projects: Int, providers: Int, secrets: Int) {
            self.errors = errors
            self.warnings = warnings
            self.projects = projects
            self.providers = providers
            self.secrets = secrets
        }
    }

    /// The description of a rule.
    public struct RuleDescription: Sendable, Hashable {
        /// The rule's stable name.
        public var name: String
        /// The default severity of the rule.
        public var severity: Severity
        /// A summary of one line.
        public var summary: String
        /// An explanation of one paragraph.
        public var explanation: String
        /// A Boolean value that indicates whether `roster explain` describes the rule.
        package var isInCatalogue = true

        /// Creates a description from its parts.
        public init(name: String, severity: Severity, summary: String, explanation: String) {
            self.name = name
            self.severity = severity
            self.summary = summary
            self.explanation = explanation
        }
    }
}
