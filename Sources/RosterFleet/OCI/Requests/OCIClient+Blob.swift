import RosterBytes
import RosterHTTPClient
import RosterPublication

extension OCIClient {
    /// Requests a blob, from the registry or from the storage that it redirects to.
    func blob(_ digest: Digest) async throws(SourceProblem) -> HTTPResponse {
        let response = try await send(
            "GET",
            location("blobs/sha256:\(digest.hex)"),
            fields: [("Accept-Encoding", "identity")],
            followingRedirects: true
        )
        guard response.status != 404 else {
            await drain(response)
            throw SourceProblem(.incomplete, "\(reference.registry) does not have the blob sha256:\(digest.hex)")
        }
        guard response.status == 200 else {
            await drain(response)
            throw problems.unexpected(response, "the blob sha256:\(digest.hex)")
        }
        return response
    }

    /// Stores a blob, unless the registry has it.
    func upload(_ bytes: [UInt8]) async throws(SourceProblem) {
        let digest = "sha256:" + Digest.sha256(of: bytes.span).hex
        let found = try await send("HEAD", location("blobs/\(digest)"))
        await drain(found)
        // A redirection is to the storage that has the blob.
        guard found.status != 200, found.status != 307, found.status != 302 else { return }
        guard found.status == 404 else { throw problems.unexpected(found, "the blob \(digest)") }

        let started = try await send("POST", location("blobs/uploads/"))
        await drain(started)
        guard started.status == 202 else { throw problems.unexpected(started, "an upload to \(reference.repository)") }
        guard let text = started.field("location"),
            let target = OCILocation(text, relativeTo: location("blobs/uploads/"))
        else { throw SourceProblem(.refused, "\(reference.registry) starts an upload at an address that is not a URL") }
        guard target.origin == reference.origin else {
            throw SourceProblem(
                .refused,
                """
                \(reference.registry) starts an upload at \(target.origin), which may not get the login; \
                if the registry is after a proxy, let the proxy set X-Forwarded-Proto and Host
                """
            )
        }
        let stored = try await send(
            "PUT",
            target.adding([("digest", digest)]),
            fields: [("Content-Type", "application/octet-stream")],
            body: bytes
        )
        await drain(stored)
        guard stored.status == 201 else { throw problems.unexpected(stored, "the blob \(digest)") }
    }
}
