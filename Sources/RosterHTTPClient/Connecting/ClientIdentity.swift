/// The files of a client's own certificate, for servers that require one.
package struct ClientIdentity: Sendable, Hashable {
    /// A PEM file of the certificate, and of the intermediate certificates after it.
    package var certificateFile: String
    /// A PEM file of the private key, without a passphrase.
    package var keyFile: String

    package init(certificateFile: String, keyFile: String) {
        (self.certificateFile, self.keyFile) = (certificateFile, keyFile)
    }
}
