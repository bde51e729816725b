public import RosterDiagnostics

/// The reason why a document cannot be read as a registry.
public struct RegistryProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of problems.
    public enum Code: Hashable, Sendable {
        /// The bytes are not JSON.
        case notJSON
        /// The document has another version, or none.
        case version
        /// A member is missing, unknown, or of the wrong type.
        case shape
        /// An id or a path names a record that does not exist.
        case reference
        /// A rule rejects a record, as it would reject its file; see ``RegistryProblem/diagnostics``.
        case rules
    }

    /// The kind of the problem.
    public var code: Code
    /// The member, such as `providers[3].baseUrl`; empty for the whole document.
    public var member: String
    /// A sentence without a full stop; keys in it are masked.
    public var message: String
    /// The errors that the rules found, in the order of the records' files.
    public var diagnostics: [Diagnostic]

    /// Creates a problem of a member.
    package init(_ code: Code, _ member: String, _ message: String, diagnostics: [Diagnostic] = []) {
        self.code = code
        self.member = member
        self.message = message
        self.diagnostics = diagnostics
    }

    /// The member and the message.
    public var description: String { member.isEmpty ? message : "\(member): \(message)" }
}
