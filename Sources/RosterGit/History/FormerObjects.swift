import Subprocess

/// Which texts stood once in files of a commit's history, wherever its branches came from.
struct FormerObjects {
    let git: GitProgram

    /// More paths than this are not looked through.
    private static let limit = 500_000

    private static let arguments = [
        "log", "--diff-merges=separate", "--root", "--no-renames", "--raw", "--no-abbrev", "-z", "--no-ext-diff",
        "--no-textconv", "--no-relative", "-O/dev/null", "--no-show-signature", "--no-notes", "--no-mailmap",
        "--no-follow", "--no-color", "--format=", "--end-of-options",
    ]

    /// Returns those of `texts` that a blob of the history holds, below a folder; nil when there are too many to look
    /// through, or one of them is missing.
    func texts(_ texts: Set<String>, below folder: String, from commit: String) async throws -> Set<String>? {
        guard let objects = try await objects(below: folder, from: commit) else { return nil }
        let wanted = texts.map { (text: $0, bytes: Array($0.utf8)) }
        var found: Set<String> = []
        var isComplete = true
        let requests = objects.sorted().map { ObjectReader.Request(id: $0, limit: 512 * 1_024) }
        try await ObjectReader(git: git).read("blob", requests) { _, object in
            switch object {
            case .contents(let bytes):
                for (text, needle) in wanted where !found.contains(text) && Self.holds(bytes, needle) {
                    found.insert(text)
                }
            // A larger file was never read as a secret, and a commit of another repository holds no file.
            case .tooLarge, .otherKind: break
            case .missing: isComplete = false
            }
        }
        return isComplete ? found : nil
    }

    private func objects(below folder: String, from commit: String) async throws -> Set<String>? {
        // A long history that seldom touches the folder prints nothing for a long time.
        let patience = AnswerTimer.Patience(answer: .seconds(300))
        let arguments = Self.arguments + [commit, "--", ":(top,literal)" + folder]
        return try await git.stream(arguments, patience: patience) { input, output in
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
                if count > Self.limit { return nil }
            }
            return objects
        }
    }

    private static func holds(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
        guard let first = needle.first else { return false }
        var start = bytes.startIndex
        while let next = bytes[start...].firstIndex(of: first) {
            if bytes[next...].starts(with: needle) { return true }
            start = next + 1
        }
        return false
    }
}

extension GitRepository {
    /// Those of some secrets' ids that a file below `secrets/` held at any time in a commit's history.
    ///
    /// Nil when nobody can say: the clone is shallow, or the history too large.
    package func formerSecrets(_ ids: Set<String>, before commit: String) async throws -> Set<String>? {
        guard !ids.isEmpty else { return [] }
        guard try await !isShallow() else { return nil }
        return try await FormerObjects(git: git).texts(ids, below: topLevel.prefix + "secrets", from: commit)
    }
}
