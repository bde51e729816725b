import RosterBytes
import RosterHTTPClient
import RosterJSON
import RosterPublication

extension OCIClient {
    /// The maximum number of bytes of a list of tags.
    private static let tagListLimit = 1024 * 1024

    /// Stores a manifest under a tag.
    func put(_ manifest: [UInt8], tag: String) async throws(SourceProblem) {
        let response = try await send(
            "PUT",
            location("manifests/\(tag)"),
            fields: [("Content-Type", Manifest.mediaType)],
            body: manifest
        )
        await drain(response)
        guard response.status == 201 else {
            throw problems.unexpected(response, "the manifest \(reference.repository):\(tag)")
        }
        let digest = "sha256:" + Digest.sha256(of: manifest.span).hex
        guard response.field("docker-content-digest").map({ $0 == digest }) ?? true else {
            throw SourceProblem(
                .content(.digestMismatch),
                "\(reference.registry) stored the manifest \(reference.repository):\(tag) with another digest"
            )
        }
    }

    /// Returns the tags of the repository, of which only the first answer of the registry is read.
    func tags() async throws(SourceProblem) -> [String] {
        let response = try await send("GET", location("tags/list?n=1000"), fields: [("Accept", "application/json")])
        guard response.status == 200 else {
            await drain(response)
            throw problems.unexpected(response, "the tags of \(reference.repository)")
        }
        let bytes = try await body(response, limit: Self.tagListLimit)
        guard let value = try? JSONReader.read(utf8: bytes), case .array(let tags)? = value.object?["tags"] else {
            throw SourceProblem(.content(.malformed), "the list of tags of \(reference.registry) is not valid")
        }
        return tags.compactMap(\.string).filter(OCIReference.isTag)
    }

    /// Removes a tag, if the registry can remove a tag without the manifest.
    func remove(tag: String) async throws(SourceProblem) {
        let response = try await send("DELETE", location("manifests/\(tag)"))
        await drain(response)
        guard response.status == 202 else {
            throw problems.unexpected(response, "the removal of the tag \(reference.repository):\(tag)")
        }
    }
}
