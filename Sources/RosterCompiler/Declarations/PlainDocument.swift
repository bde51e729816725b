package import RosterJSON
import RosterModel
package import YAMLSyntax

/// A file's root mapping as plain JSON, whatever kind of file it is.
package enum PlainDocument {
    /// The root of a tree, read as `config` is read.
    ///
    /// Nil when the file is broken, when its root is no mapping, and when something in it has no JSON form.
    package static func object(in tree: borrowing YAMLTree) -> JSONObject? {
        guard tree.isComplete, tree.problems.isEmpty, let root = tree.root, tree[root].kind == .mapping else {
            return nil
        }
        var findings = Findings()
        return ConfigReader.values(root, in: tree, &findings)
    }

    /// The root of a file's bytes.
    package static func object(in bytes: [UInt8]) -> JSONObject? {
        guard TextScan(bytes).problems.isEmpty else { return nil }
        var reader = YAMLReader()
        reader.read(bytes)
        return object(in: reader.tree)
    }
}
