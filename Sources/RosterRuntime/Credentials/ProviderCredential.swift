import RosterModel
import SealedBoxes

/// The credential of a request.
enum ProviderCredential: ~Copyable {
    /// No credential.
    case none
    /// A key that is sent unchanged.
    case key(SecretBytes)
    /// A key that signs.
    case signing(SigningKey)

    /// Creates no credential.
    init() { self = .none }

    /// Parses a sealed value.
    ///
    /// A malformed value is an error: the host's own environment never replaces it.
    init(_ value: borrowing SecretValue, for slug: ProviderSlug, secret name: String) throws(ProviderFailure) {
        self = try unsafe value.withBytes { (bytes) throws(ProviderFailure) -> ProviderCredential in
            if case .awsSignature = slug.facts.authentication {
                return try unsafe AWSSecret.read(bytes, secret: name)
            }
            return .key(try unsafe ProviderCredential.headerBytes(bytes, of: name, "it"))
        }
    }

    /// Returns a copy of bytes that are allowed in a header.
    static func headerBytes(
        _ bytes: UnsafeRawBufferPointer,
        of name: String,
        _ what: String
    ) throws(ProviderFailure) -> SecretBytes {
        guard unsafe !bytes.isEmpty, unsafe bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ProviderFailure(
                .malformedSecret,
                "\(name) is not a valid key: \(what) has a character that is not allowed in a header",
                help: "seal it again: roster secret set \(name)"
            )
        }
        do { return try unsafe SecretBytes(copying: bytes) } catch { throw .noMemory }
    }
}

/// An AWS access key.
struct SigningKey: ~Copyable {
    let accessKeyID: SecretBytes
    let secretAccessKey: SecretBytes
    /// The session token; empty when there is none.
    let sessionToken: SecretBytes
}
