public import RosterDiagnostics

/// One rule: its manual, its examples, and (in the type itself) its check.
///
/// `roster explain`, the reference in the docs and the tests of the examples are made from these members.
public protocol Rule: Sendable {
    /// The stable, public name.
    static var name: String { get }
    /// How grave it is, unless a check says otherwise.
    static var severity: Severity { get }
    /// When it speaks, in one line without a full stop.
    static var summary: String { get }
    /// Why it exists and what to do, in one paragraph.
    static var explanation: String { get }
    /// Files in which it speaks, once and alone.
    static var failing: RuleExample { get }
    /// The same files, fixed.
    static var passing: RuleExample { get }
}

/// Files of a small repository, beside the ones that every example has (``RuleExample/common``).
public struct RuleExample: Sendable {
    /// Text by path.
    public var files: [(path: String, text: String)]
    /// What cannot be told by text: links, unreadable files, many files.
    var special: [Special] = []

    /// Files by path; the first is the one to show.
    init(_ files: (path: String, text: String)..., special: Special...) {
        self.files = files
        self.special = special
    }

    /// `providers/acme/gpt-4o.yaml`.
    init(provider text: String, special: Special...) {
        files = [("providers/acme/gpt-4o.yaml", text)]
        self.special = special
    }

    /// `secrets/acme/openai-prod.yaml`.
    init(secret text: String) {
        files = [("secrets/acme/openai-prod.yaml", text)]
    }

    /// `roster.yaml`.
    init(roster text: String) {
        files = [("roster.yaml", text)]
    }

    /// Something in an example's tree that is no text.
    enum Special: Sendable {
        case symbolicLink(String)
        case unreadable(String)
        case bytes(path: String, [UInt8])
        /// So many files of one folder, named by their number.
        case files(folder: String, count: Int)
        /// A file is not there although every example has it.
        case missing(String)
    }
}
