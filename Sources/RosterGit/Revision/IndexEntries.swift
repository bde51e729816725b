import RosterSources
import Subprocess

/// The entries of git's index that the next commit will hold, as git lists them.
///
/// The list stays in one buffer of git's own bytes, ordered by path, so that a million entries cost their text and a
/// few words each.
struct IndexEntries: Sendable {
    /// A file, link or submodule of the index.
    struct Entry: Sendable {
        /// The path relative to git's top level, as positions in ``IndexEntries/bytes``.
        var path: Range<Int>
        /// The digits of the object's id, as positions in ``IndexEntries/bytes``.
        var object: Range<Int>
        /// The type of the entry.
        var kind: TreeEntry.Kind
    }

    /// A name in a folder, and the positions of its entries: its own, or those below it.
    typealias Child = (name: ArraySlice<UInt8>, entries: Range<Int>)

    /// The list as git wrote it.
    let bytes: [UInt8]
    /// The entries, ordered by the bytes of their paths.
    let entries: [Entry]

    /// The most bytes that git may answer: a few million entries.
    private static let sizeLimit = 512 << 20

    /// Reads the index of a repository.
    ///
    /// Comparing the index with the empty tree lists exactly what git would commit: the entries of a sparse or split
    /// index are expanded, and entries of `git add --intent-to-add` are left out.
    ///
    /// - Throws: ``GitError/unmergedPaths(_:)`` while a merge has conflicts; ``GitError/unreadableIndex(reason:)``.
    init(of git: GitProgram) async throws {
        let format = try await git.answer(["rev-parse", "--show-object-format"]).get()
        let emptyTree = format.hasPrefix("sha256") ? Self.emptyTreeSHA256 : Self.emptyTreeSHA1
        let arguments = [
            "diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=none",
            "--ita-invisible-in-index", emptyTree, "--",
        ]
        let bytes: [UInt8]
        do {
            bytes = try await git.stream(arguments) { input, output in
                try await input.finish()
                return try await output.rest(limit: Self.sizeLimit)
            }
        } catch GitError.failed(_, let reason) {
            throw GitError.unreadableIndex(reason: reason)
        }
        try self.init(bytes)
    }

    private static let emptyTreeSHA1 = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    private static let emptyTreeSHA256 = "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"

    /// Parses a list of additions: `:000000 <mode> <zeros> <id> <status> NUL <path> NUL` for each entry.
    ///
    /// - Throws: ``GitError/malformedAnswer(command:)`` when it is not such a list, or is not in order.
    init(_ bytes: [UInt8]) throws {
        var entries: [Entry] = []
        var unmerged: [String] = []
        var position = 0
        while position < bytes.count {
            guard let headerEnd = bytes[position...].firstIndex(of: 0),
                let pathEnd = bytes[(headerEnd + 1)...].firstIndex(of: 0)
            else { throw GitError.malformedAnswer(command: "diff-index") }
            let words = bytes[position..<headerEnd].split(separator: UInt8(ascii: " "))
            let path = (headerEnd + 1)..<pathEnd
            guard words.count == 5, words[0].elementsEqual(":000000".utf8), !path.isEmpty else {
                throw GitError.malformedAnswer(command: "diff-index")
            }
            position = pathEnd + 1
            if words[4].elementsEqual("U".utf8) {
                unmerged.append(String(decoding: bytes[path], as: UTF8.self))
                continue
            }
            guard words[4].elementsEqual("A".utf8) else { throw GitError.malformedAnswer(command: "diff-index") }
            if let last = entries.last?.path, !bytes[last].lexicographicallyPrecedes(bytes[path]) {
                throw GitError.malformedAnswer(command: "diff-index")
            }
            entries.append(Entry(path: path, object: words[3].indices, kind: TreeObject.kind(words[1])))
        }
        guard unmerged.isEmpty else { throw GitError.unmergedPaths(unmerged) }
        (self.bytes, self.entries) = (bytes, entries)
    }

    /// Returns the positions of the entries whose paths begin with a prefix.
    func range(of prefix: [UInt8], in entries: Range<Int>? = nil) -> Range<Int> {
        let all = entries ?? self.entries.indices
        let start = partition(all) { !$0.lexicographicallyPrecedes(prefix) }
        return start..<partition(start..<all.upperBound) { !$0.starts(with: prefix) }
    }

    /// Returns the first position of a range from which on a condition on the path is met, by bisection.
    private func partition(_ range: Range<Int>, _ isMet: (_ path: ArraySlice<UInt8>) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if isMet(bytes[entries[middle].path]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Returns the positions of the entries of each name directly in a folder, whose entries all begin with its path of
    /// `depth` bytes; stops after `limit` names.
    func children(of folder: Range<Int>, depth: Int, limit: Int) -> [Child] {
        var children: [Child] = []
        var index = folder.lowerBound
        while index < folder.upperBound, children.count < limit {
            let path = bytes[entries[index].path]
            let rest = path.dropFirst(depth)
            guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else {
                children.append((rest, index..<index + 1))
                index += 1
                continue
            }
            let inside = range(of: Array(path[...slash]), in: index..<folder.upperBound)
            children.append((rest[..<slash], inside))
            index = inside.upperBound
        }
        return children
    }
}
