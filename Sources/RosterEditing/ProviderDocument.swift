/// The file of a provider, where it names a secret.
package enum ProviderDocument {
    /// The file with another secret linked.
    package static func link(secret: String, in source: [UInt8]) throws(EditedDocument.Problem) -> [UInt8] {
        var document = try EditedDocument(source)
        try document.setScalar("secret", in: document.root, to: secret)
        return document.bytes()
    }
}
