package import RosterDiagnostics

/// The command and the patch that give a provider another default model.
package struct ModelChange: Sendable {
    /// The requested model.
    package var model: String
    /// The command, for a shell in a clone.
    package var command: String
    /// The patch; nil for a reader who may not change the provider, and when nothing is to be changed or can be.
    package var patch: String?
    /// The reason why there is no patch for a reader who may change the provider, in a sentence without a full stop.
    package var message: String?
    /// The problems that `check` would report after the change and not before.
    package var diagnostics: [Diagnostic] = []

    /// Creates a change without a patch.
    package init(model: String, command: String) { (self.model, self.command) = (model, command) }

    /// The largest number of characters of a model in a query.
    package static let lengthLimit = 200

    /// Returns a Boolean value that indicates whether a value of a query may be a model.
    package static func isAcceptable(_ model: String) -> Bool {
        !model.isEmpty && model.unicodeScalars.dropFirst(lengthLimit).isEmpty
            && !model.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
