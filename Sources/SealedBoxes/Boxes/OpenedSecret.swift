/// A value that was opened, with the places that it may be sent to.
package struct OpenedSecret: ~Copyable {
    /// The value.
    package let value: SecretValue
    /// The entries of `allowedHosts` that are sealed in with it.
    package let allowedHosts: [String]
    let salt: SecretBytes
}
