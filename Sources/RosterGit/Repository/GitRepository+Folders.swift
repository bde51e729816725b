import Glibc

extension GitRepository {
    /// Returns the folders that a commit, a checkout or a fetch changes, and the one name in each that matters, nil
    /// when all do.
    package func refFolders() async throws -> [(folder: String, name: String?)] {
        var folders: [String] = []
        for question in [["rev-parse", "--absolute-git-dir"], ["rev-parse", "--git-common-dir"]] {
            guard case .success(let line) = try await git.answer(question) else { continue }
            let path = String(line.prefix { $0 != "\n" })
            // In a bare repository both are the folder that git starts in.
            guard path != "." else { continue }
            let folder = path.hasPrefix("/") ? path : git.folder + "/" + path
            if !folders.contains(folder) { folders.append(folder) }
        }
        return folders.flatMap { folder in
            [(folder, "HEAD"), (folder, "packed-refs"), (folder + "/reftable", nil)]
                + Self.foldersBelow(folder + "/refs", limit: Self.folderLimit).map { ($0, nil) }
        }
    }

    /// The most folders of branches that are watched; beyond it, only changes of `packed-refs` are noticed.
    private static let folderLimit = 1_000

    private static func foldersBelow(_ folder: String, limit: Int) -> [String] {
        guard limit > 0, let stream = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(stream) }
        var found = [folder]
        while found.count < limit, let entry = unsafe readdir(stream) {
            guard unsafe entry.pointee.d_type == UInt8(DT_DIR) else { continue }
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != ".." else { continue }
            found += foldersBelow(folder + "/" + name, limit: limit - found.count)
        }
        return found
    }
}
