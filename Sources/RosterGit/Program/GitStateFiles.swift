import Glibc
import RosterBytes

/// Files of a git folder that describe the state of a clone and of its work tree.
struct GitStateFiles: Sendable {
    /// Lists the last commits of a shallow clone.
    var shallow = ""
    /// Replaces the parents of commits.
    var grafts = ""
    /// Lists the other parents of the commit that a merge in progress makes.
    var mergeHead = ""

    /// The arguments with which `rev-parse` prints the paths.
    static let question = ["--git-path", "shallow", "--git-path", "info/grafts", "--git-path", "MERGE_HEAD"]

    /// Parses the paths of git's answer, relative to the folder that git starts in.
    init?(_ lines: some Collection<Substring>, folder: String) {
        let paths = lines.map { $0.hasPrefix("/") ? String($0) : folder + "/" + $0 }
        guard paths.count == 3 else { return nil }
        (shallow, grafts, mergeHead) = (paths[0], paths[1], paths[2])
    }

    /// Reads the lines of one of the files; none when there is no such file.
    ///
    /// - Throws: ``GitError/unreadableState(file:reason:)``.
    static func lines(of file: String) throws -> [Substring] {
        // A pipe would wait for a writer.
        let descriptor = unsafe open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if descriptor < 0, errno == ENOENT || errno == ENOTDIR { return [] }
        guard descriptor >= 0 else { throw GitError.unreadableState(file: file, reason: "it cannot be opened") }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
            throw GitError.unreadableState(file: file, reason: "it is not a file of at most 16 MiB")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let length = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if length < 0, errno == EINTR { continue }
            guard length >= 0 else { throw GitError.unreadableState(file: file, reason: "it cannot be read") }
            if length == 0 { break }
            count += length
        }
        return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
    }

    private static let limit = 16 << 20
}
