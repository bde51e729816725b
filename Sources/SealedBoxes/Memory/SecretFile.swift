import CLibSodium
import Glibc

/// Reads secrets from a file that other users cannot read.
package enum SecretFile {
    /// The reason why a file is not read.
    package enum Problem: Error, Hashable, Sendable {
        /// A POSIX error number.
        case unreadable(Int32)
        /// Neither a regular file nor a pipe.
        case notAFile
        /// It belongs to this user, which is neither the current user nor root.
        case owner(UInt32)
        /// Other users can read it; its permission bits.
        case permissions(UInt32)
        /// A named pipe that no program opened for writing within this many seconds.
        case noWriter(seconds: Int)
        case tooLong
        case noMemory

        /// A description of the problem, as the end of a sentence that begins with the file's name.
        ///
        /// `isGroupAllowed` is the value that the file was read with.
        package func predicate(isGroupAllowed: Bool = false) -> String {
            switch self {
            case .unreadable(let code): unsafe "cannot be read: \(String(cString: strerror(code)))"
            case .notAFile: "is not a regular file"
            case .owner: "belongs to another user: make a copy that only you can read"
            case .permissions where isGroupAllowed:
                "can be read by all users: set its permissions to 0600, or 0440 for a mount"
            case .permissions: "can be read by other users: set its permissions to 0600"
            case .noWriter(let seconds): "is a pipe into which no program wrote within \(seconds) seconds"
            case .tooLong: "is too long"
            case .noMemory: "cannot be read: there is no memory left for secrets"
            }
        }
    }

    /// The longest wait for the program that writes into a named pipe, in seconds.
    package static let writerDeadline = 10

    /// Opens a file, checks the descriptor, and reads at most `limit` bytes.
    ///
    /// A named pipe is checked in the same way as a file: a program with write access could replace the secret, and one
    /// with read access could take it. The pipe of a process substitution has no name and is accepted.
    ///
    /// `isGroupAllowed` is for systemd's credentials, where access is granted by an access list that shows as the
    /// group's. `writerDeadline` is the longest wait for a writer of a named pipe, in seconds.
    package static func read(
        _ path: String,
        limit: Int,
        isGroupAllowed: Bool = false,
        writerDeadline: Int = writerDeadline
    ) throws(Problem) -> SecretBytes {
        // Without O_NONBLOCK, opening a named pipe without a writer blocks.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else {
            // A socket, or a device without a driver.
            throw errno == ENXIO || errno == ENODEV ? .notAFile : .unreadable(errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .unreadable(errno) }
        let isPipe = status.st_mode & S_IFMT == S_IFIFO
        guard isPipe || status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        if !isPipe || roster_is_named_pipe(descriptor) != 0 {
            guard status.st_uid == geteuid() || status.st_uid == 0 else { throw .owner(status.st_uid) }
            let forbidden: mode_t = isGroupAllowed ? 0o007 : 0o077
            guard status.st_mode & forbidden == 0 else { throw .permissions(status.st_mode & 0o7777) }
            if isPipe { try awaitWriter(descriptor, seconds: writerDeadline) }
        }
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0, fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK) == 0 else {
            throw .unreadable(errno)
        }
        do {
            return try SecretInput.read(descriptor, limit: limit)
        } catch {
            switch error {
            case .unreadable(let code): throw .unreadable(code)
            case .tooLong: throw .tooLong
            case .noMemory: throw .noMemory
            }
        }
    }

    /// Waits until data is available or the last writer has closed the pipe.
    private static func awaitWriter(_ descriptor: Int32, seconds: Int) throws(Problem) {
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: .seconds(seconds))
        while true {
            let left = clock.now.duration(to: deadline)
            let milliseconds =
                left.components.seconds * 1_000 + left.components.attoseconds / 1_000_000_000_000_000
            guard milliseconds > 0 else { throw .noWriter(seconds: seconds) }
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            switch unsafe Glibc.poll(&poll, 1, Int32(clamping: milliseconds)) {
            case 1...: return
            case 0: continue
            default: guard errno == EINTR else { throw .unreadable(errno) }
            }
        }
    }
}
