import Glibc

/// Paths of the file system.
package enum FilePaths {
    /// Returns the path of a file without symbolic links; nil when there is no such file.
    package static func resolvingLinks(_ path: String) -> String? {
        guard let real = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }
}
