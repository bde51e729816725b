import RosterEditing

/// The file that a compilation writes, begun with its first piece.
final class CompiledFile {
    private let path: String
    /// The path as messages show it.
    private let shown: String
    private var file: AtomicFile?
    private var failure: EditFailure?

    /// Names a file that is written anew.
    init(path: String, shownAs shown: String) { (self.path, self.shown) = (path, shown) }

    /// Appends bytes; what keeps them from being written is told by ``finish()``, which only a whole file comes to.
    func write(_ bytes: [UInt8]) {
        guard failure == nil else { return }
        do throws(EditFailure) {
            if file == nil { file = try AtomicFile(path: path, shownAs: shown) }
            try file?.write(bytes)
        } catch {
            failure = error
        }
    }

    /// Puts the file in its place.
    func finish() throws(EditFailure) {
        if let failure { throw failure }
        try file.take()?.finish()
    }
}
