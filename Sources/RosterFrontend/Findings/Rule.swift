public import RosterDiagnostics

/// One rule: its manual, its examples, and (in the type itself) its check.
///
/// `roster explain`, the reference in the docs and the tests of the examples are made from these members.
public protocol Rule: Sendable {
    /// The stable, public name.
    static var name: String { get }
    /// The default severity of its findings.
    static var severity: Severity { get }
    /// The problem that it reports, in one line without a full stop.
    static var summary: String { get }
    /// The reason for the rule and the way to fix a problem, in one paragraph.
    static var explanation: String { get }
    /// Files in which the rule, and no other, reports one problem.
    static var failing: RuleExample { get }
    /// The same files, fixed.
    static var passing: RuleExample { get }
}

/// Files of a small repository, in addition to those of every example (``RuleExample/common``).
public struct RuleExample: Sendable {
    /// Text by path.
    public var files: [(path: String, text: String)]
    /// Objects that are not text files: links, unreadable files, many files.
    package var special: [Special] = []

    /// Files by path; the first is the one to show.
    package init(_ files: (path: String, text: String)..., special: Special...) {
        self.files = files
        self.special = special
    }

    /// `providers/acme/gpt-4o.yaml`.
    package init(provider text: String, special: Special...) {
        files = [("providers/acme/gpt-4o.yaml", text)]
        self.special = special
    }

    /// `secrets/acme/openai-prod.yaml`.
    package init(secret text: String) {
        files = [("secrets/acme/openai-prod.yaml", text)]
    }

    /// `roster.yaml`.
    package init(roster text: String) {
        files = [("roster.yaml", text)]
    }

    /// An object in an example's tree that is not a text file.
    package enum Special: Sendable {
        case symbolicLink(String)
        case unreadable(String)
        case bytes(path: String, [UInt8])
        /// A number of files in one folder, named by their number.
        case files(folder: String, count: Int)
        /// The absence of a file that every example has.
        case missing(String)
    }
}
