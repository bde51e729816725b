/// The maximum sizes of the parts of a publication, in bytes.
package enum PublicationLimits {
    /// The envelope with the signed statement.
    package static let envelope = 16 * 1024
    /// A manifest, or an index of manifests.
    package static let manifest = 64 * 1024
    /// A compressed registry that its manifest includes, so that servers need no further request for it.
    package static let included = 8 * 1024
    /// A manifest that an index includes; many channels share the size of one index.
    package static let includedManifest = 4 * 1024
    /// The compressed registry.
    package static let compressed = 16 * 1024 * 1024
    /// The registry.
    package static let registry = 64 * 1024 * 1024
    /// The largest number that every parser of JSON reads exactly.
    package static let integer: Int64 = 1 << 53 - 1
}
