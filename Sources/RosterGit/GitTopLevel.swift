import Glibc

/// Where git's work tree begins, found without running git.
package enum GitTopLevel {
    /// The way from git's top level down to an absolute `folder`: empty, or with a `/` at its end.
    ///
    /// Nil outside git.
    package static func prefix(of folder: String) -> String? {
        var top = folder
        while true {
            if unsafe access(top + "/.git", F_OK) == 0 {
                let below = folder.dropFirst(top == "/" ? 1 : top.count + 1)
                return below.isEmpty ? "" : below + "/"
            }
            guard let slash = top.lastIndex(of: "/"), top.count > 1 else { return nil }
            top = slash == top.startIndex ? "/" : String(top[..<slash])
        }
    }
}
