import RosterCompiler
import RosterSources

/// A path on both sides of a review.
struct EntryPair {
    /// Relative to git's top level; empty for the top level itself.
    var path: String
    var base: TreeEntry?
    var head: TreeEntry?

    /// Whether it is a folder on one side at least.
    var hasFolder: Bool { base?.kind == .folder || head?.kind == .folder }

    /// Whether both sides have the same git object, of the same kind.
    var isSameObject: Bool {
        guard let base, let head, let object = base.object else { return false }
        return object == head.object && base.kind == head.kind
    }

    /// The folder that the path is in; empty for the top level.
    var folder: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }

    /// The two git objects, for a memo of what was searched; nil where a side has a folder without an id.
    var objects: String? {
        if base?.kind == .folder, base?.object == nil { return nil }
        if head?.kind == .folder, head?.object == nil { return nil }
        return "\(base?.object ?? "-") \(head?.object ?? "-")"
    }
}
