import Glibc

/// The top level of a work tree, or a bare repository, found without running git.
package struct GitTopLevel: Hashable, Sendable {
    /// The absolute path of the top level.
    package let folder: String
    /// The path from the top level to the requested folder: empty, or with a `/` at its end.
    package let prefix: String
    /// A Boolean value that indicates whether there is no work tree: ``folder`` is the repository itself.
    package let isBare: Bool

    /// Searches upwards from an absolute folder for the nearest `.git`; nil outside git.
    package init?(of folder: String) {
        var top = folder
        while unsafe access(top == "/" ? "/.git" : top + "/.git", F_OK) != 0 {
            guard let slash = top.lastIndex(of: "/"), top.count > 1 else { return nil }
            top = slash == top.startIndex ? "/" : String(top[..<slash])
        }
        let below = folder.dropFirst(top == "/" ? 1 : top.count + 1)
        self.folder = top
        prefix = below.isEmpty ? "" : below + "/"
        isBare = false
    }

    /// Accepts an absolute folder as a bare repository when it has the entries that git itself requires.
    package init?(bare folder: String) {
        let parts = ["HEAD", "objects", "refs"].map { folder + "/" + $0 }
        guard parts.allSatisfy({ unsafe access($0, F_OK) == 0 }), unsafe access(folder + "/.git", F_OK) != 0 else {
            return nil
        }
        self.folder = folder
        prefix = ""
        isBare = true
    }
}

extension GitTopLevel {
    /// Returns the error for a repository that git does not open, given git's message.
    func refusal(reason: String) -> GitError {
        // Git uses the same exit code for both; the folder's owner distinguishes them.
        isOwnedByAnother ? .untrustedOwner(reason: reason) : .notARepository(reason: reason)
    }

    /// A Boolean value that indicates whether the folder or its `.git` belongs to another user, whom git does not trust
    /// by default.
    var isOwnedByAnother: Bool {
        [folder, folder + "/.git"].contains { path in
            var status = stat()
            return unsafe lstat(path, &status) == 0 && status.st_uid != geteuid()
        }
    }
}
