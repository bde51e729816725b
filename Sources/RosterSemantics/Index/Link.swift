/// The target of a provider's `secret`.
package enum Link: Sendable {
    /// The provider has no link, or no such file exists.
    case nowhere
    /// The file exists and could not be read.
    case broken
    /// A position in ``SecretIndex/secrets``.
    case secret(Int32)
}
