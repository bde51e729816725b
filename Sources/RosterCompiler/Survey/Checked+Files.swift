package import RosterModel
package import RosterSources

extension Checked {
    /// The files as they were read, by their paths; those that could not be read are left out.
    package var contents: [String: [UInt8]] {
        precondition(kept.contains(.bytes), "the files' bytes were not kept")
        var contents: [String: [UInt8]] = [:]
        contents.reserveCapacity(files.count)
        for (listed, file) in zip(model.listing.files, files) {
            if case .broken = file.declaration, file.bytes.isEmpty { continue }
            contents[listed.path] = file.bytes
        }
        return contents
    }

    /// Whether every provider of a project says which secret it links, so that one that none links is truly unused.
    package func areLinksKnown(in project: String) -> Bool { model.areLinksKnown(in: project) }

    /// The records that could be read, whether or not there are errors: for showing, never for publishing.
    package func readableRegistry(history: TreeHistory) -> Registry {
        builder(history).build()
    }
}
