import RosterBytes
import RosterHTTPClient
import RosterPublication

extension OCIClient {
    /// The manifest of a tag as the registry returned it.
    struct TaggedManifest: Sendable {
        let bytes: [UInt8]
        let digest: Digest
        /// The validator for a conditional request; nil when the registry has none.
        let validator: String?
    }

    /// The longest validator that is sent back.
    private static let validatorLimit = 256

    /// Reads the manifest of a tag, or of a digest as OCI writes it.
    ///
    /// Returns nil when the registry confirms that the manifest of `validator` is still the newest.
    func manifest(
        _ version: String,
        types: [String] = [Manifest.mediaType],
        validator: String? = nil
    ) async throws(SourceProblem) -> TaggedManifest? {
        var fields = [("Accept", types.joined(separator: ", ")), ("Accept-Encoding", "identity")]
        if let validator { fields.append(("If-None-Match", validator)) }
        let response = try await send("GET", location("manifests/\(version)"), fields: fields)
        if response.status == 304, validator != nil {
            await drain(response)
            return nil
        }
        let purpose = "the manifest \(reference.repository):\(version)"
        guard response.status == 200 else {
            await drain(response)
            throw problems.unexpected(response, purpose)
        }
        if response.field("content-type")?.lowercased().hasPrefix("text/html") ?? false {
            response.body.cancel()
            throw SourceProblem(
                .content(.malformed),
                "\(reference.registry) answered with a page instead of \(purpose); is it the address of a registry?"
            )
        }
        let bytes = try await body(response, limit: PublicationLimits.manifest)
        let digest = Digest.sha256(of: bytes.span)
        if let named = response.field("docker-content-digest"), named != "sha256:" + digest.hex {
            throw SourceProblem(
                .content(.digestMismatch),
                "\(purpose) of \(reference.registry) does not have the digest that the registry names"
            )
        }
        return TaggedManifest(bytes: bytes, digest: digest, validator: Self.validator(response, digest))
    }

    /// Returns the digest of the manifest that a tag has, by a request that registries do not count; nil when unknown.
    func digest(ofTag tag: String) async throws(SourceProblem) -> String? {
        let fields = [("Accept", Manifest.mediaType)]
        let response = try await send("HEAD", location("manifests/\(tag)"), fields: fields)
        await drain(response)
        guard response.status == 200 else {
            throw problems.unexpected(response, "the manifest \(reference.repository):\(tag)")
        }
        return response.field("docker-content-digest")
    }

    /// Returns the validator of a response, or the digest, which registries use as one.
    private static func validator(_ response: HTTPResponse, _ digest: Digest) -> String {
        if let tag = response.field("etag"), tag.utf8.count <= validatorLimit, !tag.isEmpty,
            tag.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        {
            return tag
        }
        return "\"sha256:\(digest.hex)\""
    }
}
