package import RosterJSON
import RosterModel
package import YAMLSyntax

/// A file's root mapping as plain JSON, for every kind of file.
package enum PlainDocument {
    /// Returns the root of a tree, read as `config` is read.
    ///
    /// The result is nil when the file is broken, when its root is not a mapping, and when something in it has no JSON
    /// form.
    package static func object(in tree: borrowing YAMLTree) -> JSONObject? {
        guard tree.isComplete, tree.problems.isEmpty, let root = tree.root, tree[root].kind == .mapping else {
            return nil
        }
        var findings = Findings()
        var reader = ConfigReader(.values)
        return reader.values(root, in: tree, &findings)
    }

    /// Returns the root of a file's bytes.
    package static func object(in bytes: [UInt8]) -> JSONObject? {
        guard TextScan(bytes).problems.isEmpty else { return nil }
        var reader = YAMLReader()
        reader.read(bytes)
        return object(in: reader.tree)
    }
}
