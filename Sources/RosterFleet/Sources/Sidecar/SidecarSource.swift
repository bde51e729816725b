package import RosterBytes
import RosterPublication
import RosterServer

/// A compiled registry in a file, with the envelope of its publication in a file next to it.
package struct SidecarSource: UnpackedPublicationSource {
    /// The end of the name of the envelope's file.
    package static let suffix = ".dsse"
    /// The time after which files that were replaced during a read are read again.
    private static let patience = Duration.milliseconds(50)

    package let address: String
    private let path: String

    /// Creates a source of a file, given by its absolute path and the path as people wrote it.
    package init(path: String, address: String) { (self.path, self.address) = (path, address) }

    package func events(_ schedule: Schedule) -> AsyncStream<SourceEvent> {
        FileSourceEvents.stream(schedule, watching: { watchedFolders() }, reading: { await read(schedule) })
    }

    private func watchedFolders() -> [WatchedFolder] {
        LinkedPath(path).watchedFolders() + LinkedPath(path + Self.suffix).watchedFolders()
    }

    private func read(_ schedule: Schedule) async -> SourceEvent {
        do throws(SourceProblem) {
            if let manifest = try readOnce() { return .manifest(manifest) }
            // The two files are replaced in sequence.
            guard await schedule.sleep(Self.patience) else { return .same }
            if let manifest = try readOnce() { return .manifest(manifest) }
            let message = "\(address) is not the registry that \(address)\(Self.suffix) signs"
            return .failed(SourceProblem(.incomplete, message + "; replace both files"))
        } catch { return .failed(error) }
    }

    /// Returns a manifest of the two files; nil when they are not of one publication.
    private func readOnce() throws(SourceProblem) -> [UInt8]? {
        let envelope = try sidecar()
        let content = try content()
        guard try sidecar() == envelope else { return nil }
        do throws(Refusal) {
            let statement = try Statement(payload: try Envelope(envelope).payload)
            guard statement.registry == content else { return nil }
            return Manifest.encode(statement, envelope: envelope, compressed: nil)
        } catch { throw SourceProblem(error) }
    }

    private func sidecar() throws(SourceProblem) -> [UInt8] {
        do { return try ReadFile(path + Self.suffix).whole(limit: PublicationLimits.envelope) } catch {
            throw LayoutFolder.problem(error, address + Self.suffix)
        }
    }

    /// Returns the digest and the size of the registry, without keeping its bytes.
    private func content() throws(SourceProblem) -> Statement.Content {
        do throws(FileProblem) {
            let file = try ReadFile(path)
            var hash = SHA256()
            var size = 0
            while size <= PublicationLimits.registry, let piece = try file.next() {
                hash.update(piece.span)
                size += piece.count
            }
            return Statement.Content(digest: hash.finish(), size: size)
        } catch { throw LayoutFolder.problem(error, address) }
    }

    package func read(_ digest: Digest, into sink: any BlobSink) async throws(SourceProblem) {
        try FileSourceEvents.copy(path, address, into: sink)
    }
}
