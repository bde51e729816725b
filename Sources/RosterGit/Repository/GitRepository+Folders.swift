import Glibc

extension GitRepository {
    /// Asks git for the folders that hold its references.
    package func folders() async throws -> GitFolders {
        var folders: [String] = []
        for question in [["rev-parse", "--absolute-git-dir"], ["rev-parse", "--git-common-dir"]] {
            guard case .success(let line) = try await git.answer(question) else { continue }
            let path = String(line.prefix { $0 != "\n" })
            // In a bare repository both are the folder that git starts in.
            guard path != "." else { continue }
            folders.append(path.hasPrefix("/") ? path : git.folder + "/" + path)
        }
        guard let own = folders.first, let common = folders.last else { return GitFolders(own: "", common: "") }
        return GitFolders(own: own, common: common)
    }
}

/// The folders in which git keeps references: that of a work tree, and the one that all work trees share.
package struct GitFolders: Sendable {
    /// The folder with this work tree's `HEAD`; empty when git did not name one.
    let own: String
    /// The folder with the branches.
    let common: String

    /// Returns the folders that a commit, a checkout or a fetch changes, and the one name in each that matters; nil when
    /// all names do.
    package func watched() -> [(folder: String, name: String?)] {
        guard !own.isEmpty else { return [] }
        return (own == common ? [own] : [own, common]).flatMap { folder in
            [(folder, "HEAD"), (folder, "packed-refs"), (folder + "/reftable", nil)]
                + Self.foldersBelow(folder + "/refs", limit: Self.folderLimit).map { ($0, nil) }
        }
    }

    /// Returns the contents of the files that decide which commit is checked out; nil when only git can read them.
    ///
    /// While the state is equal, so is the commit. See gitrepository-layout(5).
    package func headState() -> HeadState? {
        guard let head = Self.contents(of: own + "/HEAD"), head.count <= Self.referenceLimit else { return nil }
        let prefix = Array("ref: refs/".utf8)
        guard head.starts(with: prefix) else {
            // The id of a commit, with a line feed.
            return head.first == UInt8(ascii: "r") ? nil : HeadState(head: head)
        }
        let name = String(decoding: head.dropFirst(5).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        // Other references are stored per work tree. With reftable, HEAD names a branch that does not exist.
        guard name.hasPrefix("refs/heads/"), name != "refs/heads/.invalid" else { return nil }
        // A branch that is a symbolic reference leads to another file.
        let branch = Self.contents(of: common + "/" + name)
        guard branch?.first != UInt8(ascii: "r") else { return nil }
        var status = stat()
        guard unsafe stat(common + "/packed-refs", &status) == 0 else {
            return errno == ENOENT ? HeadState(head: head, branch: branch) : nil
        }
        return HeadState(
            head: head,
            branch: branch,
            packed: [
                Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
            ]
        )
    }

    /// The state of the files that name the commit that is checked out.
    package struct HeadState: Hashable, Sendable {
        fileprivate var head: [UInt8]
        /// The branch's own file; nil when the branch is packed, or has no commit.
        fileprivate var branch: [UInt8]?
        /// The inode, size and modification time of `packed-refs`.
        fileprivate var packed: [Int] = []
    }

    /// No reference has more bytes.
    private static let referenceLimit = 4_096

    private static func contents(of path: String) -> [UInt8]? {
        let file = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return unsafe [UInt8](unsafeUninitializedCapacity: referenceLimit + 1) { buffer, count in
            count = max(0, unsafe read(file, buffer.baseAddress, buffer.count))
        }
    }

    /// The largest number of folders of branches that are watched; a change of `packed-refs` is noticed in any case.
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
