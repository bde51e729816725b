package import RosterBytes
package import RosterPublication
import RosterServer

/// An OCI image layout in a folder, which is watched.
package struct FolderSource: PublicationSource {
    package let address: String
    private let layout: LayoutFolder
    private let channel: Channel

    /// Creates a source of a folder, given by its absolute path and its address (`dir:PATH`).
    package init(path: String, address: String, channel: Channel) {
        (self.address, self.channel) = (address, channel)
        layout = LayoutFolder(path: path)
    }

    package func events(_ schedule: Schedule) -> AsyncStream<SourceEvent> {
        FileSourceEvents.stream(schedule, watching: { watchedFolders() }, reading: { read() })
    }

    private func watchedFolders() -> [WatchedFolder] {
        LinkedPath(layout.indexPath).watchedFolders() + [WatchedFolder(path: layout.blobsPath, .anything)]
    }

    private func read() -> SourceEvent {
        do throws(SourceProblem) {
            guard let manifest = try layout.manifest(of: channel) else {
                let isThere = LinkedPath(layout.path).target != nil
                let message =
                    isThere ? "the folder has no publication of the channel \"\(channel)\"" : "there is no such folder"
                throw SourceProblem(.notFound, message)
            }
            return .manifest(manifest)
        } catch { return .failed(error) }
    }

    package func read(_ digest: Digest, into sink: any BlobSink) async throws(SourceProblem) {
        try FileSourceEvents.copy(layout.blobPath(digest), "the registry", into: sink)
    }
}
