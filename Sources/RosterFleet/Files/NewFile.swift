import Glibc

/// A file that has a temporary name until it is complete; without ``finish()`` it is removed.
final class NewFile: Sendable {
    /// The beginning of temporary names, by which the files of a killed process are found.
    private static let temporaryPrefix = ".roster-"
    private static let temporarySuffix = ".tmp"

    let descriptor: Int32
    private let folder: Int32
    private let name: String
    private let temporary: String

    /// Creates the file in an open folder, which must stay open.
    private init(_ name: String, folder: Int32, descriptor: Int32, temporary: String) {
        (self.name, self.folder, self.descriptor, self.temporary) = (name, folder, descriptor, temporary)
    }

    convenience init(_ name: String, in folder: Int32, mode: mode_t) throws(FileProblem) {
        let random = String(UInt64.random(in: .min ... .max), radix: 36)
        let temporary = Self.temporaryPrefix + random + Self.temporarySuffix
        // The folder's own descriptor, so that the file does not depend on the object that created it.
        let own = fcntl(folder, F_DUPFD_CLOEXEC, 0)
        guard own >= 0 else { throw FileProblem(errno: errno) }
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = unsafe openat(own, temporary, flags, mode)
        guard descriptor >= 0 else {
            let code = errno
            close(own)
            throw FileProblem(errno: code)
        }
        self.init(name, folder: own, descriptor: descriptor, temporary: temporary)
    }

    deinit {
        // A finished file has this name no longer.
        _ = unsafe unlinkat(folder, temporary, 0)
        close(descriptor)
        close(folder)
    }

    /// Returns a Boolean value that indicates whether a name is that of a temporary file.
    static func isTemporary(_ name: String) -> Bool {
        name.hasPrefix(temporaryPrefix) && name.hasSuffix(temporarySuffix)
    }

    /// Appends bytes.
    func write(_ bytes: [UInt8]) throws(FileProblem) {
        let code = unsafe bytes.withUnsafeBytes { bytes -> Int32 in
            var written = 0
            while written < bytes.count {
                guard let start = bytes.baseAddress else { return 0 }
                let count = unsafe Glibc.write(descriptor, start + written, bytes.count - written)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return count < 0 ? errno : EIO }
                written += count
            }
            return 0
        }
        guard code == 0 else { throw FileProblem(errno: code) }
    }

    /// Forgets what was written.
    func restart() throws(FileProblem) {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw FileProblem(errno: errno)
        }
    }

    /// Returns the first bytes of the file.
    func prefix(_ count: Int) throws(FileProblem) -> [UInt8] {
        var (offset, code) = (0, Int32(0))
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: max(count, 1)) { buffer, length in
            while offset < count, let start = buffer.baseAddress {
                let read = unsafe pread(descriptor, start + offset, count - offset, off_t(offset))
                if read < 0 && errno == EINTR { continue }
                guard read > 0 else {
                    code = read < 0 ? errno : EIO
                    break
                }
                offset += read
            }
            length = offset
        }
        guard code == 0 else { throw FileProblem(errno: code) }
        return bytes
    }

    /// Makes the bytes durable, and replaces the file of the name.
    func finish() throws(FileProblem) {
        guard fsync(descriptor) == 0, unsafe renameat(folder, temporary, folder, name) == 0 else {
            throw FileProblem(errno: errno)
        }
    }
}
