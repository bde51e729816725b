public import RosterDiagnostics

/// Why a document is no registry: nothing of it is used then.
public struct RegistryProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of problem it is.
    public enum Code: Hashable, Sendable {
        /// The bytes are not JSON.
        case notJSON
        /// The document is of another version, or of no version at all.
        case version
        /// A member is missing, unknown, or not of its type.
        case shape
        /// An id or a path names something that is not there.
        case reference
        /// A rule refuses a record as it would refuse its file; see ``RegistryProblem/diagnostics``.
        case rules
    }

    /// What kind of problem it is.
    public var code: Code
    /// Which member it is about, such as `providers[3].baseUrl`; empty for the whole document.
    public var member: String
    /// One sentence without a full stop, with no key in it.
    public var message: String
    /// What the rules said, in the order of the records' files.
    public var diagnostics: [Diagnostic]

    init(_ code: Code, _ member: String, _ message: String, diagnostics: [Diagnostic] = []) {
        self.code = code
        self.member = member
        self.message = message
        self.diagnostics = diagnostics
    }

    /// The message with the member in front.
    public var description: String { member.isEmpty ? message : "\(member): \(message)" }
}
