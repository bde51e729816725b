import Glibc

/// Where git's work tree begins, or its bare repository lies, found without running git.
package struct GitTopLevel: Hashable, Sendable {
    /// The absolute path of the top level.
    package let folder: String
    /// The way from the top level down to the folder that was asked about: empty, or with a `/` at its end.
    package let prefix: String
    /// Whether there is no work tree: ``folder`` is the repository itself.
    package let isBare: Bool

    /// Looks upwards from an absolute folder for the nearest `.git`; nil outside git.
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

    /// Takes an absolute folder for a bare repository when it is laid out as one: what git itself would look for in it.
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
    /// Returns the reason for which git does not open the repository, given git's own words.
    func refusal(reason: String) -> GitError {
        // Git gives both the same exit code; the folder's owner tells them apart.
        isOwnedByAnother ? .untrustedOwner(reason: reason) : .notARepository(reason: reason)
    }

    /// Whether the folder or its `.git` is another user's, which git does not trust unless told to.
    var isOwnedByAnother: Bool {
        [folder, folder + "/.git"].contains { path in
            var status = stat()
            return unsafe lstat(path, &status) == 0 && status.st_uid != geteuid()
        }
    }
}
