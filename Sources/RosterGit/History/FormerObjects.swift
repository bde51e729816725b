import Subprocess

/// The secrets that a commit's history holds or held, on every branch that was merged into it.
package struct FormerSecrets: Sendable {
    /// Those of the requested ids that a file of the history holds.
    package var ids: Set<String>
    /// A Boolean value that indicates whether all of the history was searched.
    ///
    /// If not, an id that was not found may be in the rest.
    package var isComplete: Bool

    /// Creates a result.
    package init(ids: Set<String> = [], isComplete: Bool = true) { (self.ids, self.isComplete) = (ids, isComplete) }
}

/// Searches the files that were a registry's secrets at any time in a commit's history.
struct FormerObjects {
    let git: GitProgram
    let reader: ObjectReader
    /// The grafts of the repository; nil when it has none.
    var grafts: Grafts?

    /// More paths than this are not searched.
    private static let limit = 500_000
    /// The most bytes that a secret's file ever had.
    private static let sizeLimit = 512 * 1_024
    /// A registry may have been in another folder earlier, so the path up to `secrets/` is not fixed.
    private static let paths = ":(top,glob)**/secrets/*/*.yaml"
    private static let arguments = [
        "log", "--diff-merges=separate", "--root", "--no-renames", "--raw", "--no-abbrev", "-z", "--no-ext-diff",
        "--no-textconv", "--no-relative", "-O/dev/null", "--no-show-signature", "--no-notes", "--no-mailmap",
        "--no-follow", "--no-color", "--format=", "--end-of-options",
    ]

    /// Searches for ids: `sec_` and 16 letters and digits.
    func search(for ids: Set<String>, from commit: String) async throws -> FormerSecrets {
        var result = FormerSecrets()
        async let isCut = isHistoryCut(from: commit)
        async let graftsChecked: Void? = grafts?.check(historyOf: [commit], git)
        let (objects, isWhole) = try await objects(from: commit)
        let wanted = Set(ids.map { Array($0.utf8) })
        let requests = objects.sorted().map { ObjectReader.Request(id: $0, limit: Self.sizeLimit) }
        try await ObjectReader(git: git).read("blob", requests) { _, object in
            switch object {
            case .contents(let bytes):
                // An id may have been written with the escapes of YAML.
                for text in [bytes] + (bytes.contains(UInt8(ascii: "\\")) ? [YAMLEscapes.decode(bytes)] : []) {
                    for id in SecretIDs(text) where wanted.contains(id) {
                        result.ids.insert(String(decoding: id, as: UTF8.self))
                    }
                }
            case .missing: result.isComplete = false
            // An object that is too large, or not a file, never was a secret.
            case .tooLarge, .otherKind: break
            }
        }
        _ = try await graftsChecked
        if try await isCut || !isWhole { result.isComplete = false }
        return result
    }

    /// The ids of all blobs that were at the paths, and whether none is left out.
    private func objects(from commit: String) async throws -> (ids: Set<String>, isWhole: Bool) {
        let arguments = Self.arguments + [commit, "--", Self.paths]
        return try await git.stream(arguments, patience: .longHistory) { input, output in
            try await input.finish()
            var objects: Set<String> = []
            var count = 0
            while let token = try await output.token(endedBy: 0, limit: 1 << 20) {
                // `:<mode> <mode> <id> <id> <status>`, then the path.
                let words = token.drop { $0 == UInt8(ascii: "\n") }.split(separator: UInt8(ascii: " "))
                guard words.count == 5, words[0].first == UInt8(ascii: ":") else { continue }
                for (mode, id) in [(words[0].dropFirst(), words[2]), (words[1], words[3])] {
                    // A commit of another repository (mode 160000) is never in this one, and holds no file.
                    guard !mode.starts(with: "160".utf8), id.contains(where: { $0 != UInt8(ascii: "0") }) else {
                        continue
                    }
                    objects.insert(String(decoding: id, as: UTF8.self))
                }
                count += 1
                if count > Self.limit { return (objects, false) }
            }
            return (objects, true)
        }
    }

    /// Returns true when git does not follow all parents of the history, as in a shallow clone.
    ///
    /// A commit that git shows as the first of a history has no parents in its own bytes either, unless the history was
    /// cut there.
    private func isHistoryCut(from commit: String) async throws -> Bool {
        let arguments = ["rev-list", "--max-parents=0", "--end-of-options", commit]
        let roots = try await git.stream(arguments, patience: .longHistory) { input, output in
            try await input.finish()
            var roots: [String] = []
            while let line = try await output.token(endedBy: UInt8(ascii: "\n"), limit: 1 << 10) {
                roots.append(String(decoding: line, as: UTF8.self))
            }
            return roots
        }
        let commits = try await CommitObject.read(roots, reader)
        return roots.isEmpty || commits.contains { $0?.hasParents ?? true }
    }
}

/// The substrings of a file's bytes that have the form of a secret's id.
private struct SecretIDs: Sequence, IteratorProtocol {
    private static let prefix = Array("sec_".utf8)
    private static let length = 20
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> [UInt8]? {
        while position + Self.length <= bytes.count {
            let start = position
            position += 1
            guard bytes[start] == Self.prefix[0], bytes[start...].starts(with: Self.prefix) else { continue }
            return Array(bytes[start..<(start + Self.length)])
        }
        return nil
    }
}

extension GitRepository {
    /// Searches a commit's history for secrets with some ids, in this folder or any other.
    ///
    /// - Throws: ``GitError/graftedHistory(file:commit:)``; ``GitError/partialClone(object:)`` when a file of the
    ///   history is not in this clone.
    package func formerSecrets(_ ids: Set<String>, before commit: String) async throws -> FormerSecrets {
        guard !ids.isEmpty else { return FormerSecrets() }
        return try await FormerObjects(git: git, reader: reader, grafts: grafts).search(for: ids, from: commit)
    }
}
