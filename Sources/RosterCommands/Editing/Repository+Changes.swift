import Glibc

extension Repository {
    /// Makes one change, atomically; no part of a path is followed through a link.
    func apply(_ change: FileChange) throws {
        switch change {
        case .replace(let path, let old, let new):
            guard old != new else { return }
            let file = try RepositoryFile.open(path, in: root)
            guard file.bytes == old else {
                throw CommandFailure.impossible("\(path) changed while it was being edited", help: "try again")
            }
            try file.replace(with: new)
        case .create(let path, let bytes):
            let (folder, name) = try openFolder(of: path, creating: true)
            defer { close(folder) }
            guard unsafe faccessat(folder, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0 else {
                throw CommandFailure.impossible("\(path) is there already")
            }
            try AtomicFile.write(bytes, to: name, in: folder, path: path)
        case .delete(let path, let old):
            guard try RepositoryFile.open(path, in: root).bytes == old else {
                throw CommandFailure.impossible("\(path) changed while it was being deleted", help: "try again")
            }
            let (folder, name) = try openFolder(of: path, creating: false)
            defer { close(folder) }
            guard unsafe unlinkat(folder, name, 0) == 0 else {
                throw CommandFailure.cannotWrite(path, errno: errno)
            }
        }
    }

    private func openFolder(of path: String, creating: Bool) throws -> (folder: Int32, name: String) {
        let parts = path.split(separator: "/").map(String.init)
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
        var folder = unsafe open(root, flags)
        for part in parts.dropLast() where folder >= 0 {
            if creating { unsafe mkdirat(folder, part, 0o777) }
            let next = unsafe openat(folder, part, flags | O_NOFOLLOW)
            let code = errno
            close(folder)
            errno = code
            folder = next
        }
        guard folder >= 0, let name = parts.last else { throw CommandFailure.cannotWrite(path, errno: errno) }
        return (folder, name)
    }
}
