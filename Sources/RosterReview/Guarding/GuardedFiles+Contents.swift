import RosterBytes
package import RosterSources

extension GuardedFiles {
    /// Returns digests of the guarded files of a tree without git objects, by path; nil if one of them cannot be read.
    package static func contents(
        of files: [GuardedFile],
        in tree: (any SourceTree)?
    ) async throws -> [String: String]? {
        guard let tree else { return [:] }
        var contents: [String: String] = [:]
        var left = byteLimit
        for file in files where file.action != .deleted {
            let slash = file.path.lastIndex(of: "/")
            let place = TreeFile(
                folder: slash.map { String(file.path[..<$0]) } ?? "",
                name: slash.map { String(file.path[file.path.index(after: $0)...]) } ?? file.path,
                limit: min(left, fileLimit)
            )
            var reading = FileReading.notRegular
            try await tree.read([place]) { _, found in reading = found }
            switch reading {
            case .contents(let bytes, _):
                left -= bytes.count
                contents[file.path] = Digest.sha256(of: bytes.span).hex
            case .notRegular:
                guard let target = try await tree.target(ofLink: place) else { return nil }
                contents[file.path] = "link " + Digest.sha256(of: target.span).hex
            case .tooLarge, .unreadable: return nil
            }
        }
        return contents
    }
}
