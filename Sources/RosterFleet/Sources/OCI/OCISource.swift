package import RosterBytes
package import RosterHTTPClient
import RosterPublication
import Synchronization

/// The publications of a tag of an OCI registry, or the one publication of a digest.
package final class OCISource: PolledSource {
    package let address: String
    package let interval: Duration
    private let client: OCIClient
    /// The manifest of the last read that returned one.
    private let known = Mutex<OCIClient.TaggedManifest?>(nil)

    /// The number of times that a blob is read whose download the registry cuts.
    private static let attempts = 3

    /// Creates a source that is read every `interval`; tokens expire by the clock `now`.
    package init(
        _ reference: OCIReference,
        sender: any HTTPSender,
        credentials: OCICredentials,
        interval: Duration,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        address = reference.description
        self.interval = interval
        client = OCIClient(reference, .pull, sender, credentials, now: now)
    }

    package func check(unconditionally: Bool) async throws(SourceProblem) -> SourceCheck {
        let last = known.withLock { $0 }
        let reference = client.reference
        if let digest = reference.digest {
            // The manifest of a digest never changes, so one read is enough.
            if let last { return unconditionally ? .manifest(last.bytes) : .same }
            return try await read(reference.version, expecting: digest)
        }
        guard !unconditionally, let last else { return try await read(reference.version) }
        if reference.isMetered, try await client.digest(ofTag: reference.version) == "sha256:" + last.digest.hex {
            return .same
        }
        return try await read(reference.version, validator: last.validator)
    }

    private func read(
        _ version: String,
        expecting digest: Digest? = nil,
        validator: String? = nil
    ) async throws(SourceProblem) -> SourceCheck {
        guard let manifest = try await client.manifest(version, validator: validator) else { return .same }
        if let digest, manifest.digest != digest {
            throw SourceProblem(
                .content(.digestMismatch),
                "\(client.reference.registry) returned another manifest than that of the digest"
            )
        }
        known.withLock { $0 = manifest }
        return .manifest(manifest.bytes)
    }

    package func read(_ digest: Digest, into sink: any BlobSink) async throws(SourceProblem) {
        for attempt in 1...Self.attempts {
            try sink.restart()
            let response = try await client.blob(digest)
            var failure: HTTPFailure?
            while true {
                let part: [UInt8]?
                do { part = try await response.body.next() } catch {
                    failure = error
                    break
                }
                guard let part else { return }
                do { try sink.write(part) } catch {
                    response.body.cancel()
                    throw error
                }
            }
            // The download starts again, since some registries answer a request for the rest with a wrong length.
            guard failure == .closed, attempt < Self.attempts else {
                throw client.failed(failure ?? .closed)
            }
        }
    }
}
