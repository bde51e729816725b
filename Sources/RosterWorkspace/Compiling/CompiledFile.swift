import RosterBackend
package import RosterEditing

/// The file that a compilation writes, created with its first bytes.
package final class CompiledFile: RegistrySink {
    private let path: String
    /// The path as messages show it.
    private let shown: String
    private var file: AtomicFile?

    /// Creates a sink for a file that is replaced, at an absolute path.
    package init(path: String, shownAs shown: String) { (self.path, self.shown) = (path, shown) }

    /// See ``RegistrySink/receive(_:)``.
    package func receive(_ bytes: [UInt8]) throws {
        if file == nil { file = try AtomicFile(path: path, shownAs: shown) }
        try file?.write(bytes)
    }

    /// Moves the file to its path.
    package func finish() throws(EditFailure) { try file.take()?.finish() }
}

/// A sink that collects the pieces of a document.
package struct CollectedPieces: RegistrySink {
    /// The pieces in their order.
    package private(set) var pieces: [[UInt8]] = []

    /// Creates an empty sink.
    package init() {}

    /// See ``RegistrySink/receive(_:)``.
    package mutating func receive(_ bytes: [UInt8]) { pieces.append(bytes) }
}
