import RosterModel
import SealedBoxes

/// What a request is authenticated with.
enum ProviderCredential: ~Copyable {
    /// Nothing.
    case none
    /// A key that is sent as it is.
    case key(SecretBytes)
    /// A key that signs.
    case signing(SigningKey)

    /// No key.
    init() { self = .none }

    /// Reads what was sealed.
    ///
    /// Nothing stands in for a value that is malformed: it is an error, whatever the host's own environment has.
    init(_ value: borrowing SecretValue, for slug: ProviderSlug, secret name: String) throws(ProviderFailure) {
        self = try unsafe value.withBytes { (bytes) throws(ProviderFailure) -> ProviderCredential in
            if case .awsSignature = slug.facts.authentication {
                return try unsafe AWSSecret.read(bytes, secret: name)
            }
            return .key(try unsafe ProviderCredential.headerBytes(bytes, of: name, "it"))
        }
    }

    /// A copy of bytes that may stand in a header.
    static func headerBytes(
        _ bytes: UnsafeRawBufferPointer,
        of name: String,
        _ what: String
    ) throws(ProviderFailure) -> SecretBytes {
        guard unsafe !bytes.isEmpty, unsafe bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ProviderFailure(
                .malformedSecret,
                "\(name) is no key: \(what) holds a character that no header may hold",
                help: "seal it anew: roster secret set \(name)"
            )
        }
        do { return try unsafe SecretBytes(copying: bytes) } catch { throw .noMemory }
    }
}

/// An AWS access key.
struct SigningKey: ~Copyable {
    let accessKeyID: SecretBytes
    let secretAccessKey: SecretBytes
    /// Without bytes when there is none.
    let sessionToken: SecretBytes
}
