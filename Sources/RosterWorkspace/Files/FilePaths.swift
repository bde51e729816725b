import Glibc

/// Paths of the file system.
package enum FilePaths {
    /// Returns the path of a file without symbolic links; nil when there is no such file.
    package static func resolvingLinks(_ path: String) -> String? {
        guard let real = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    /// Returns an absolute path with the links of its folder resolved, but not a link that the file itself is.
    ///
    /// Where the folder does not exist, `.`, `..` and empty parts are removed by the text alone.
    package static func resolvingFolder(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { parts = Array(parts.dropLast()) } else { parts.append(part) }
        }
        let plain = "/" + parts.joined(separator: "/")
        // A last part that is not a name has to be resolved with its folder.
        let trimmed = path.lastIndex { $0 != "/" }.map { path[...$0] } ?? "/"
        guard let slash = trimmed.lastIndex(of: "/") else { return plain }
        let name = trimmed[trimmed.index(after: slash)...]
        guard ![".", "..", ""].contains(name) else { return resolvingLinks(path) ?? plain }
        guard let folder = resolvingLinks(String(trimmed[...slash])) else { return plain }
        return (folder == "/" ? "" : folder) + "/" + name
    }
}
