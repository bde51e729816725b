import RosterBytes
import RosterSources

/// The entries of a tree, read from git's own bytes: `<mode> <name> NUL <id>` for each.
enum TreeObject {
    /// The entries of a tree, or the reason why they cannot be read.
    typealias Listing = Result<[TreeEntry], TreeFailure>

    /// The most bytes of one tree: more than the entries that a repository of Roster's may have.
    static let sizeLimit = 64 << 20

    /// Parses the entries, ordered by the bytes of their names, at most `limit` of them; nil when the bytes are
    /// malformed.
    ///
    /// `idSize` is the bytes of an id: 20 for SHA-1, 32 for SHA-256.
    static func entries(in bytes: [UInt8], idSize: Int, limit: Int) -> [TreeEntry]? {
        var entries: [TreeEntry] = []
        var rest = bytes[...]
        while !rest.isEmpty, entries.count < limit {
            guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
                let end = rest[space...].firstIndex(of: 0),
                rest.endIndex - end > idSize
            else { return nil }
            let id = rest[(end + 1)...(end + idSize)]
            entries.append(
                TreeEntry(
                    name: String(decoding: rest[(space + 1)..<end], as: UTF8.self),
                    kind: kind(rest[..<space]),
                    object: LowerHex.encode(id.span)
                )
            )
            rest = rest[(end + 1 + idSize)...]
        }
        // Git orders a folder as if its name ended with a slash.
        entries.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return entries
    }

    /// Returns the type of an entry by its mode in octal digits.
    static func kind(_ mode: ArraySlice<UInt8>) -> TreeEntry.Kind {
        guard let mode = UInt32(String(decoding: mode, as: UTF8.self), radix: 8) else { return .special }
        return switch mode & 0o170000 {
        case 0o040000: .folder
        case 0o100000: .file
        case 0o120000: .symbolicLink
        case 0o160000: .submodule
        default: .special
        }
    }
}
