import RosterSemantics
import RosterSources

extension AnalyzedRepository {
    /// The files as they were read, by path; files that could not be read are absent.
    public var contents: [String: [UInt8]] {
        var contents: [String: [UInt8]] = [:]
        contents.reserveCapacity(files.count)
        for (listed, file) in zip(repository.listing.files, files) where file.isRead {
            if case .broken = file.record, file.bytes.isEmpty { continue }
            contents[listed.path] = file.bytes
        }
        // Without a catalogue that could be read, an edit is not refused for it either.
        if !repository.models.bytes.isEmpty { contents[RepositoryLayout.modelsFile] = repository.models.bytes }
        return contents
    }

    /// Returns whether the link of each provider of a project is known, so that a secret without a link is unused.
    package func areLinksKnown(in project: String) -> Bool { repository.areLinksKnown(in: project) }
}

extension ReusableFiles {
    /// Creates the set of an analysis's files except those at `changed` paths.
    ///
    /// With nil, files of a git tree are reused when their objects are the same.
    package init(of analyzed: AnalyzedRepository, except changed: Set<String>?) {
        self.init(analyzed.files, of: analyzed.repository.listing, analyzed.findings, except: changed)
    }
}
