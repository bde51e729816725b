@testable import RosterGit
import RosterSources

/// Git's own formats are read without trust: commits, trees and the list of an index.
enum GitObjectCheck {
    /// The first byte selects the format.
    static func check(_ input: [UInt8]) throws {
        let bytes = Array(input.dropFirst())
        switch input.first {
        case UInt8(ascii: "c"): try checkCommit(bytes)
        case UInt8(ascii: "t"): try checkTree(bytes, idSize: 20)
        case UInt8(ascii: "T"): try checkTree(bytes, idSize: 32)
        case UInt8(ascii: "i"): try checkIndex(bytes)
        default: return
        }
    }

    private static func checkCommit(_ bytes: [UInt8]) throws {
        let commit = CommitObject(bytes)
        try require(!commit.subject.utf8.contains(UInt8(ascii: "\n")), "the subject has several lines")
        try require(commit.committedAt >= 0, "the date precedes 1970")
    }

    private static func checkTree(_ bytes: [UInt8], idSize: Int) throws {
        let limit = 100
        guard let entries = TreeObject.entries(in: bytes, idSize: idSize, limit: limit) else { return }
        try require(entries.count <= limit, "more entries than the limit")
        for entry in entries {
            try require(entry.object?.utf8.count == idSize * 2, "the id of \(entry.name) has another length")
        }
        for (one, other) in zip(entries, entries.dropFirst()) {
            try require(!other.name.utf8.lexicographicallyPrecedes(one.name.utf8), "the entries are out of order")
        }
    }

    private static func checkIndex(_ bytes: [UInt8]) throws {
        guard let index = try? IndexEntries(bytes) else { return }
        let children = index.children(of: index.entries.indices, depth: 0, limit: .max)
        let covered = children.flatMap(\.entries)
        try require(covered == Array(index.entries.indices), "the top folder's names miss entries")
        for entry in index.entries {
            let path = Array(index.bytes[entry.path])
            try require(!index.range(of: path).isEmpty, "an entry is not found by its path")
        }
    }
}
