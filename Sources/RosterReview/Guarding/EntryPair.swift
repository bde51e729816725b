import RosterCompiler
import RosterSources

/// A path on both sides of a review.
struct EntryPair {
    /// The path relative to git's top level; empty for the top level itself.
    var path: String
    var base: TreeEntry?
    var head: TreeEntry?

    /// A Boolean value that indicates whether the path is a folder on at least one side.
    var hasFolder: Bool { base?.kind == .folder || head?.kind == .folder }

    /// A Boolean value that indicates whether both sides have the same git object, of the same kind.
    var isSameObject: Bool {
        guard let base, let head, let object = base.object else { return false }
        return object == head.object && base.kind == head.kind
    }

    /// The parent folder of the path; empty for the top level.
    var folder: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }

    /// The two git objects, as a key of searched folders; nil if a side has a folder without an id.
    var objects: String? {
        if base?.kind == .folder, base?.object == nil { return nil }
        if head?.kind == .folder, head?.object == nil { return nil }
        return "\(base?.object ?? "-") \(head?.object ?? "-")"
    }
}
