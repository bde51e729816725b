/// A source that has registries as they are, and not compressed.
///
/// Its blobs have the digest and size of the registry itself.
package protocol UnpackedPublicationSource: PublicationSource {}
