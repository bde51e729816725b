package import RosterBytes
import RosterPublication
import RosterServer
import Synchronization

/// A compiled registry in a file, with the envelope of its publication in a file next to it.
package struct SidecarSource: UnpackedPublicationSource {
    /// The end of the name of the envelope's file.
    package static let suffix = ".dsse"
    /// The time after which files that were replaced during a read are read again.
    private static let patience = Duration.milliseconds(50)
    /// The time for which two files of different publications can be a change that is not complete.
    private static let changeTime = Duration.seconds(10)

    package let address: String
    private let path: String
    private let now: @Sendable () -> ContinuousClock.Instant

    /// Creates a source of a file, given by its absolute path and the path as people wrote it.
    package init(
        path: String,
        address: String,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        (self.path, self.address, self.now) = (path, address, now)
    }

    package func events(_ schedule: Schedule) -> AsyncStream<SourceEvent> {
        let difference = Difference()
        return FileSourceEvents.stream(
            schedule,
            watching: { watchedFolders() },
            reading: { await read(schedule, difference) }
        )
    }

    /// The manifest of two files that are not of one publication, and the time when it was read first.
    private final class Difference: Sendable {
        private let seen = Mutex<(manifest: [UInt8], since: ContinuousClock.Instant)?>(nil)

        /// Notes that the files match.
        func clear() { seen.withLock { $0 = nil } }

        /// Returns how long the files have had the same difference.
        func note(_ manifest: [UInt8], at time: ContinuousClock.Instant) -> Duration {
            seen.withLock { seen in
                if let seen, seen.manifest == manifest { return time - seen.since }
                seen = (manifest, time)
                return .zero
            }
        }
    }

    private func watchedFolders() -> [WatchedFolder] {
        LinkedPath(path).watchedFolders() + LinkedPath(path + Self.suffix).watchedFolders()
    }

    private func read(_ schedule: Schedule, _ difference: Difference) async -> SourceEvent {
        do throws(SourceProblem) {
            var files = try readOnce()
            if files?.areComplete != true {
                // The two files are replaced in sequence.
                guard await schedule.sleep(Self.patience) else { return .same }
                files = try readOnce()
            }
            guard let files else {
                return .failed(SourceProblem(.incomplete, "\(address)\(Self.suffix) changed while it was read"))
            }
            guard !files.areComplete else {
                difference.clear()
                return .manifest(files.manifest)
            }
            if difference.note(files.manifest, at: now()) >= Self.changeTime {
                // What is wrong with the envelope is the first reason to refuse it.
                return .manifest(files.manifest)
            }
            let message = "\(address) is not the registry that \(address)\(Self.suffix) signs"
            return .failed(SourceProblem(.incomplete, message + "; replace both files"))
        } catch { return .failed(error) }
    }

    /// Returns a manifest of the two files, and whether they are of one publication; nil when one changed during the read.
    private func readOnce() throws(SourceProblem) -> (manifest: [UInt8], areComplete: Bool)? {
        let envelope = try sidecar()
        let content = try content()
        guard try sidecar() == envelope else { return nil }
        do throws(Refusal) {
            let statement = try Statement(payload: try Envelope(envelope).payload)
            let areComplete = statement.registry == content
            let manifest = Manifest.encode(
                statement,
                envelope: envelope,
                compressed: nil,
                otherRegistry: areComplete ? nil : content
            )
            return (manifest, areComplete)
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
