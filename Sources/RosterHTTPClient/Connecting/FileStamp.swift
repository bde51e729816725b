import Glibc

/// The identity and the time of a file, which change when the file is replaced or written.
struct FileStamp: Hashable, Sendable {
    private let numbers: [Int]

    /// Reads the stamp of the file that a path leads to; nil when there is none.
    init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        numbers = [
            Int(bitPattern: UInt(status.st_dev)), Int(bitPattern: UInt(status.st_ino)), Int(status.st_size),
            status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
        ]
    }
}
