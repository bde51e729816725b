package import RosterModel

extension Checked {
    /// A file as it was read; nil when it was not.
    package func bytes(at path: String) -> [UInt8]? {
        guard let file = model.listing.files.firstIndex(where: { $0.path == path }) else { return nil }
        if case .broken = files[file].declaration, files[file].bytes.isEmpty { return nil }
        return files[file].bytes
    }

    /// The records that could be read, whether or not there are errors: for showing, never for publishing.
    package func readableRegistry(history: TreeHistory) -> Registry {
        RegistryBuilder(model: model, files: files, history: history).build()
    }
}
