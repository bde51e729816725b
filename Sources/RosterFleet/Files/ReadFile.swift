import Glibc

/// A regular file that is open for reading.
struct ReadFile: ~Copyable {
    /// The number of bytes in one read.
    private static let pieceSize = 64 * 1024

    private let descriptor: Int32
    /// The number of bytes when the file was opened.
    let size: Int

    /// Opens a file, following links; `folder` is the descriptor of the folder of a relative path.
    init(_ path: String, in folder: Int32 = AT_FDCWD) throws(FileProblem) {
        // Without O_NONBLOCK, opening a named pipe without a writer blocks.
        let descriptor = unsafe openat(folder, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileProblem(errno: errno) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw FileProblem(reason: "it is not a regular file")
        }
        (self.descriptor, size) = (descriptor, Int(status.st_size))
    }

    deinit { close(descriptor) }

    /// Returns the next bytes; nil at the end.
    func next() throws(FileProblem) -> [UInt8]? {
        var count = 0
        var code: Int32 = 0
        let piece = unsafe [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, length in
            repeat {
                count = unsafe Glibc.read(descriptor, buffer.baseAddress, Self.pieceSize)
            } while count < 0 && errno == EINTR
            code = count < 0 ? errno : 0
            length = max(0, count)
        }
        guard code == 0 else { throw FileProblem(errno: code) }
        return count > 0 ? piece : nil
    }

    /// Returns all bytes.
    func whole(limit: Int) throws(FileProblem) -> [UInt8] {
        let tooLarge = FileProblem(code: EFBIG, reason: "it has more than \(limit) bytes")
        // A file can have a hole that takes hours to read.
        guard size <= limit else { throw tooLarge }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        while let piece = try next() {
            guard bytes.count + piece.count <= limit else { throw tooLarge }
            bytes += piece
        }
        return bytes
    }
}
