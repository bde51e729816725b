import Glibc
import RosterBytes
package import RosterPublication

/// An OCI image layout in a folder, to which publications are written.
package struct FolderDestination: PublicationDestination {
    private static let mode: mode_t = 0o644
    /// The time between two attempts to lock the folder.
    private static let pause = Duration.milliseconds(50)

    package let address: String
    private let layout: LayoutFolder
    private let channel: Channel
    private let patience: Duration

    /// Creates a destination in a folder, given by its absolute path and its address (`dir:PATH`).
    ///
    /// `patience` is the time to wait for another publisher.
    package init(path: String, address: String, channel: Channel, patience: Duration = .seconds(10)) {
        (self.address, self.channel, self.patience) = (address, channel, patience)
        layout = LayoutFolder(path: path)
    }

    package func current() async throws(DestinationProblem) -> PublishedManifest? {
        do throws(SourceProblem) { return try read() } catch { throw .failed(error) }
    }

    private func read() throws(SourceProblem) -> PublishedManifest? {
        guard let manifest = try layout.manifest(of: channel) else { return nil }
        let envelope: Descriptor
        do { envelope = try Manifest(manifest).envelope } catch { throw SourceProblem(error) }
        let bytes = try layout.content(of: envelope, "the envelope", limit: PublicationLimits.envelope)
        return PublishedManifest(manifest: manifest, envelope: bytes)
    }

    @discardableResult
    package func publish(
        _ publication: SignedPublication,
        after seen: PublishedManifest?,
        keeping kept: Int
    ) async throws(DestinationProblem) -> SourceProblem? {
        let top: OpenFolder
        do throws(FileProblem) { top = try await locked() } catch { throw Self.unwritable(error) }
        let found: PublishedManifest?
        var index: LayoutIndex
        do throws(SourceProblem) {
            (found, index) = (try read(), try layout.index() ?? LayoutIndex())
        } catch { throw .failed(error) }
        if let found, found.manifest != seen?.manifest {
            let statement = try? Statement(payload: Envelope(found.envelope).payload)
            throw .overtaken(by: statement?.serial ?? publication.statement.serial)
        }
        let before = index.manifests
        index.publish(
            publication.manifest,
            channel: channel,
            serial: publication.statement.serial,
            keeping: kept
        )
        do throws(FileProblem) {
            let blobs = try writeBlobs(of: publication)
            try writeIndex(index, in: top)
            return removeBlobs(of: before, after: index.manifests, in: blobs)
        } catch { throw Self.unwritable(error) }
    }

    /// Opens the folder and locks it, once another publisher is done.
    private func locked() async throws(FileProblem) -> OpenFolder {
        let folder = try OpenFolder(layout.path, creating: 0o755)
        let end = ContinuousClock.now + patience
        while try !folder.lock() {
            guard ContinuousClock.now < end else {
                throw FileProblem(reason: "another program publishes to the folder, and does not end")
            }
            try? await Task.sleep(for: Self.pause)
        }
        return folder
    }

    /// Writes the blobs of a publication, and returns their folder.
    private func writeBlobs(of publication: SignedPublication) throws(FileProblem) -> OpenFolder {
        _ = try OpenFolder(layout.path + "/blobs", creating: 0o755)
        let folder = try OpenFolder(layout.blobsPath, creating: 0o755)
        for bytes in [Manifest.emptyConfig, publication.compressed, publication.envelope, publication.manifest] {
            let name = Digest.sha256(of: bytes.span).hex
            // A blob of the same bytes is not written again, so that its modification time stays.
            if let found = try? folder.read(name, limit: bytes.count), found == bytes { continue }
            try folder.replace(name, by: bytes, mode: Self.mode)
        }
        try folder.sync()
        return folder
    }

    /// Writes the index, which makes the publication visible.
    private func writeIndex(_ index: LayoutIndex, in top: OpenFolder) throws(FileProblem) {
        let limit = LayoutIndex.layoutFile.count
        if (try? top.read("oci-layout", limit: limit)) != LayoutIndex.layoutFile {
            try top.replace("oci-layout", by: LayoutIndex.layoutFile, mode: Self.mode)
        }
        let bytes = index.bytes
        guard bytes.count <= PublicationLimits.manifest else {
            let limit = PublicationLimits.manifest
            throw FileProblem(reason: "its index would have more than \(limit) bytes; keep fewer with --keep")
        }
        try top.replace("index.json", by: bytes, mode: Self.mode)
        try top.sync()
    }

    /// Removes the blobs that only older publications had, and returns the reason why one stays.
    private func removeBlobs(
        of before: [Descriptor],
        after: [Descriptor],
        in folder: OpenFolder
    ) -> SourceProblem? {
        let unneeded = Set(before.flatMap(blobs)).subtracting(after.flatMap(blobs)).map(\.hex).sorted()
        // A publisher that was killed leaves temporary files.
        let temporary = ((try? folder.names()) ?? []).filter(NewFile.isTemporary).sorted()
        var problem: SourceProblem?
        for name in unneeded + temporary {
            do throws(FileProblem) { try folder.remove(name) } catch {
                guard !error.isMissing else { continue }
                problem = problem ?? SourceProblem(.refused, "blobs/sha256/\(name) cannot be removed: \(error.reason)")
            }
        }
        return problem
    }

    /// Returns the digests of a manifest and its layers.
    private func blobs(of descriptor: Descriptor) -> [Digest] {
        let limit = PublicationLimits.manifest
        guard let bytes = try? layout.content(of: descriptor, "the manifest", limit: limit),
            let manifest = try? Manifest(bytes)
        else { return [descriptor.digest] }
        let config = Manifest.emptyConfig
        return [descriptor.digest, Digest.sha256(of: config.span)] + manifest.layers.map(\.digest)
    }

    private static func unwritable(_ problem: FileProblem) -> DestinationProblem {
        .failed(SourceProblem(.refused, "the folder cannot be written: \(problem.reason)"))
    }
}
