package import RosterBytes
package import RosterHTTPClient
package import RosterModel
package import RosterPublication
import Synchronization

/// The publications in an OCI image layout that a web server has.
package final class WebSource: PolledSource {
    /// The manifest that was read last, and the entity tag of its index.
    private struct Known {
        var validator: String?
        var digest: Digest
        var manifest: [UInt8]
    }

    private static let indexPath = "index.json"
    /// The longest entity tag that is sent back.
    private static let validatorLimit = 1024
    /// The times to wait for a file that an upload may bring yet.
    private static let waits = [1, 2, 4].map { Duration.seconds($0) }

    package let interval: Duration
    private let channel: Channel
    private let files: WebFiles
    private let schedule: Schedule
    private let known = Mutex<Known?>(nil)

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - base: the URL of the layout's folder.
    ///   - channel: the name of the manifest in the index.
    ///   - interval: the usual time between two reads of the index.
    ///   - sender: the client.
    ///   - bearer: the token for the server of `base`; nil for none.
    ///   - schedule: the clock of the waits for files that are not there yet.
    package init(
        base: BaseURL,
        channel: Channel,
        interval: Duration,
        sender: any HTTPSender,
        bearer: BearerToken? = nil,
        schedule: Schedule = .system
    ) {
        (self.channel, self.interval, self.schedule) = (channel, interval, schedule)
        files = WebFiles(base: base, sender: sender, bearer: bearer)
    }

    package var address: String { "\(files.base)/" }

    package func check(unconditionally: Bool) async throws(SourceProblem) -> SourceCheck {
        let known = known.withLock { $0 }
        let response = try await files.get(Self.indexPath, unless: unconditionally ? nil : known?.validator)
        guard response.status != 304 else { return .same }
        guard response.status == 200 else {
            response.body.cancel()
            throw SourceProblem(.notFound, "there is no \(Self.indexPath) at \(address)")
        }
        let bytes = try await files.whole(response, limit: PublicationLimits.manifest, Self.indexPath)
        let descriptor = try descriptor(in: bytes)
        let manifest: [UInt8]
        if let known, known.digest == descriptor.digest {
            manifest = known.manifest
        } else {
            manifest = try await self.manifest(descriptor)
        }
        let validator = Self.isSettled(response) ? response.field("etag").flatMap { Self.isPlain($0) ? $0 : nil } : nil
        self.known.withLock { $0 = Known(validator: validator, digest: descriptor.digest, manifest: manifest) }
        return .manifest(manifest)
    }

    package func read(_ digest: Digest, into sink: any BlobSink) async throws(SourceProblem) {
        let (response, path) = try await blob(digest)
        try sink.restart()
        while true {
            let part: [UInt8]?
            do throws(HTTPFailure) { part = try await response.body.next() } catch { throw files.failed(error, path) }
            guard let part else { return }
            do throws(SourceProblem) { try sink.write(part) } catch {
                response.body.cancel()
                throw error
            }
        }
    }

    private func descriptor(in index: [UInt8]) throws(SourceProblem) -> Descriptor {
        let found: Descriptor?
        do throws(Refusal) { found = try LayoutIndex(index).manifest(of: channel) } catch {
            throw SourceProblem(.content(error.reason), "\(address)\(Self.indexPath): \(error.message)")
        }
        guard let found else {
            throw SourceProblem(.notFound, "the index at \(address) has no manifest with the name \"\(channel)\"")
        }
        guard found.size <= PublicationLimits.manifest else {
            let limit = PublicationLimits.manifest
            throw SourceProblem(
                .content(.tooLarge),
                "the manifest at \(address) has \(found.size) bytes, and at most \(limit) are allowed"
            )
        }
        return found
    }

    private func manifest(_ descriptor: Descriptor) async throws(SourceProblem) -> [UInt8] {
        if let data = descriptor.data { return data }
        let (response, path) = try await blob(descriptor.digest)
        let bytes = try await files.whole(response, limit: PublicationLimits.manifest, path)
        do throws(Refusal) { try descriptor.check(bytes, "the manifest at \(address)") } catch {
            throw SourceProblem(error)
        }
        return bytes
    }

    /// Requests a blob, and waits a short time for one that is not there yet: uploads have no order.
    private func blob(_ digest: Digest) async throws(SourceProblem) -> (response: HTTPResponse, path: String) {
        let path = "blobs/sha256/\(digest.hex)"
        for wait in Self.waits.map(Optional.some) + [nil] {
            let response = try await files.get(path)
            guard response.status == 404 else { return (response, path) }
            response.body.cancel()
            guard let wait, await schedule.sleep(wait) else { break }
        }
        throw SourceProblem(.incomplete, "\(address)\(path) is not there yet")
    }

    /// Returns whether a file was not modified in the second of the response.
    ///
    /// Otherwise it may change again in this second, and web servers make the same entity tag of the time and the size.
    private static func isSettled(_ response: HTTPResponse) -> Bool {
        guard let modified = response.field("last-modified") else { return true }
        return modified != response.field("date")
    }

    /// Returns whether an entity tag can be sent back as it came.
    private static func isPlain(_ tag: String) -> Bool {
        !tag.isEmpty && tag.utf8.count <= validatorLimit && tag.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }
}
