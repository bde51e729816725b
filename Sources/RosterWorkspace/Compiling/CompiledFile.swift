package import RosterEditing

/// The file that a compilation writes, created with its first bytes.
package final class CompiledFile {
    private let path: String
    /// The path as messages show it.
    private let shown: String
    private var file: AtomicFile?
    private var failure: EditFailure?

    /// Creates a file at an absolute path.
    package init(path: String, shownAs shown: String) { (self.path, self.shown) = (path, shown) }

    /// Appends bytes; ``finish()`` throws the failure to write them.
    package func write(_ bytes: [UInt8]) {
        guard failure == nil else { return }
        do throws(EditFailure) {
            if file == nil { file = try AtomicFile(path: path, shownAs: shown) }
            try file?.write(bytes)
        } catch {
            failure = error
        }
    }

    /// Moves the complete file into place.
    package func finish() throws(EditFailure) {
        if let failure { throw failure }
        try file.take()?.finish()
    }
}
