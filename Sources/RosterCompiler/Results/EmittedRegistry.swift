/// The result of emitting a registry's document.
public struct EmittedRegistry: Sendable {
    /// The problems; with an error among them, the sink has no valid document.
    public let diagnosis: Diagnosis

    /// A Boolean value that indicates whether the sink received the whole document.
    public var isComplete: Bool { !diagnosis.hasErrors }

    /// The first file whose modification time no registry can have, when files are dated by it.
    package let undatableFile: (path: String, modified: Int64)?
}
