package import RosterSources

extension RuleExample {
    /// The example's repository.
    package var tree: MemoryTree {
        var texts: [(path: String, bytes: [UInt8])] = []
        var hidden: Set<String> = []
        for case .missing(let path) in special { hidden.insert(path) }
        for (path, text) in files where !text.isEmpty { texts.append((path, Array(text.utf8))) }
        for case .bytes(let path, let bytes) in special { texts.append((path, bytes)) }
        let own = Set(texts.map(\.path))
        for (path, text) in Self.common where !own.contains(path) && !hidden.contains(path) {
            texts.append((path, Array(text.utf8)))
        }
        var tree = MemoryTree(texts)
        for item in special {
            switch item {
            case .symbolicLink(let path): tree.add(path, .symbolicLink, .notRegular)
            case .unreadable(let path):
                tree.add(path, .file, .unreadable(TreeFailure(code: 13, reason: "permission denied")))
            case .files(let folder, let count): tree.fill(folder, count: count)
            case .bytes, .missing: break
            }
        }
        return tree
    }
}

extension MemoryTree {
    /// Adds a number of empty files to a folder.
    fileprivate mutating func fill(_ folder: String, count: Int) {
        let entries = (0..<count).map { TreeEntry(name: "f\($0).yaml", kind: .file) }
        replaceEntries(of: folder, with: entries)
    }
}
