/// An opened value with its allowed hosts.
package struct OpenedSecret: ~Copyable {
    /// The value.
    package let value: SecretValue
    /// The entries of `allowedHosts` that are sealed with it.
    package let allowedHosts: [String]
    let salt: SecretBytes
}
