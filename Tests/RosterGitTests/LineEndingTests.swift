import Foundation
import RosterSources
import Testing

@testable import RosterGit

@Suite("Line endings of the working tree")
struct LineEndingTests {
    /// Attributes by a name that can be a folder's.
    private static let attributes = [
        ("none", ""), ("text", "text"), ("minus-text", "-text"), ("auto", "text=auto"), ("eol-lf", "eol=lf"),
        ("eol-crlf", "eol=crlf"), ("auto-crlf", "text=auto eol=crlf"), ("auto-lf", "text=auto eol=lf"),
        ("text-crlf", "text eol=crlf"), ("minus-crlf-eol", "-text eol=crlf"), ("binary", "binary"), ("crlf", "crlf"),
        ("minus-crlf", "-crlf"), ("crlf-input", "crlf=input"), ("unspecified", "!text"),
    ]

    private static let contents: [(name: String, text: String)] = [
        ("lf", "a: 1\nb: 2\n"), ("crlf", "a: 1\r\nb: 2\r\n"), ("mixed", "a: 1\r\nb: 2\n"), ("lone", "a: 1\rb: 2\r\n"),
        ("lone-end", "a: 1\r\nb: 2\r\r"), ("nul", "a: 1\r\nb:\0 2\r\n"), ("double", "a: 1\r\r\nb: 2\r\n"),
        ("mark", "a: 1\r\nb: 2\r\n\u{1A}"), ("mark-inside", "a: 1\r\n\u{1A}b: 2\r\n"),
        ("control", "a: \u{1}\u{2}\r\nb: 2\r\n"), ("unicode", "a: \u{20AC}\r\nb: 2\r\n"), ("no-end", "a: 1\r\nb: 2"),
        ("escape", "a: \u{1B}[1m\u{8}\u{C}\r\n" + String(repeating: "x", count: 300) + "\u{7F}\u{1}\r\n"),
    ]

    private static let indexed = ["lf", "crlf", "mixed", "lone", "nul", "mark"]

    /// A repository in which each content of the index meets each content of the working tree, under each attribute.
    private func table() throws -> (repository: ScratchRepository, paths: [String]) {
        let repository = try ScratchRepository()
        var worktree: [String: String] = [:]
        for (attribute, _) in Self.attributes {
            for index in Self.indexed {
                for (name, text) in Self.contents {
                    let path = "providers/\(attribute)/\(index)--\(name).yaml"
                    try repository.write(path, Self.contents.first { $0.name == index }?.text ?? "")
                    worktree[path] = text
                }
            }
        }
        try repository.git(["config", "core.autocrlf", "false"])
        try repository.commit(at: 100)
        let lines = Self.attributes.filter { !$1.isEmpty }.map { "providers/\($0)/* \($1)\n" }.joined()
        try repository.write(".git/info/attributes", lines)
        for (path, text) in worktree {
            try repository.write(path, text)
        }
        return (repository, worktree.keys.sorted())
    }

    /// The files that git reports as modified.
    private func modified(_ repository: ScratchRepository) throws -> Set<String> {
        // An index without sizes and times, so that git compares the contents.
        try repository.git(["read-tree", "HEAD"])
        let status = try repository.git(["--no-optional-locks", "status", "--porcelain", "-z", "--no-renames"])
        return Set(status.split(separator: "\0").map { String($0.dropFirst(3)) })
    }

    /// The files of the working tree that differ from HEAD, as they are read.
    private func differing(_ repository: ScratchRepository, _ paths: [String], isRaw: Bool) async throws -> Set<String>
    {
        let opened = try await repository.opened()
        let endings = LineEndings(of: opened.topLevel, registry: ["roster.yaml", "providers", "secrets"]) {
            ProcessInfo.processInfo.environment[$0]
        }
        let tree = WorkingTree(root: repository.folder)
        let files = paths.map { path in
            let slash = path.lastIndex(of: "/") ?? path.startIndex
            return TreeFile(
                folder: String(path[..<slash]),
                name: String(path[path.index(after: slash)...]),
                limit: 1_000
            )
        }
        var dated: [DatedFile] = []
        let source: any SourceTree = isRaw ? tree : NormalizedTree(tree, prefix: "", endings)
        try await source.read(files[...]) { index, reading in
            #expect(index == dated.count)
            guard case .contents(let bytes, let modified) = reading else { return }
            dated.append(DatedFile(path: paths[index], bytes: bytes, modified: modified))
        }
        #expect(dated.count == paths.count)
        let committed = try await CommittedFiles(of: try repository.git(["rev-parse", "HEAD"]), in: opened)
        var found: Set<String> = []
        try await committed.forEachDiffering(dated, normalizing: isRaw ? endings : nil) { found.insert(paths[$0]) }
        return found
    }

    @Test("A file is modified exactly when git reports it as modified")
    func agreesWithGitStatus() async throws {
        let (repository, paths) = try table()
        for autocrlf in ["", "true", "false", "Input"] {
            for eol in ["", "lf", "crlf", "native"] {
                for (key, value) in [("core.autocrlf", autocrlf), ("core.eol", eol)] {
                    try repository.git(
                        value.isEmpty ? ["config", "--unset", key] : ["config", key, value],
                        mayFail: true
                    )
                }
                let expected = try modified(repository)
                let isRaw = eol == "lf"
                let found = try await differing(repository, paths, isRaw: isRaw)
                let difference = expected.symmetricDifference(found).sorted()
                #expect(difference.isEmpty, "autocrlf=\(autocrlf) eol=\(eol): \(difference.prefix(8))")
                #expect(expected.count > 100 && expected.count < paths.count)
            }
        }
        try repository.git(["config", "core.autocrlf", "true"])
        try repository.git(["config", "core.safecrlf", "true"])
        #expect(try await differing(repository, paths, isRaw: false) == modified(repository))
    }

    @Test(
        "Attributes count from every source that git reads",
        arguments: [".gitattributes", "providers/.gitattributes", "user"]
    )
    func readsEverySourceOfAttributes(source: String) async throws {
        let repository = try ScratchRepository()
        let paths = ["providers/acme/a.yaml", "providers/acme/[b] *?.yaml", "providers/acme/:c.yaml"]
        for path in paths { try repository.write(path, "a\nb\n") }
        try repository.git(["config", "core.autocrlf", "false"])
        let place = source == "user" ? ".git/user-attributes" : source
        try repository.write(place, "*.yaml text\n")
        if source == "user" { try repository.git(["config", "core.attributesFile", repository.folder + "/" + place]) }
        try repository.commit(at: 100)
        for path in paths { try repository.write(path, "a\r\nb\r\n") }
        #expect(try await differing(repository, paths, isRaw: false).isEmpty && modified(repository).isEmpty)
        try repository.write(place, "*.yaml -text\n")
        #expect(try await differing(repository, paths, isRaw: false) == Set(paths))
    }

    @Test("No filter of the repository runs")
    func runsNoFilter() async throws {
        let repository = try ScratchRepository()
        let path = "providers/acme/a.yaml"
        try repository.write(path, "$Id$\nb\n")
        try repository.commit(at: 100)
        let trace = repository.folder + "/.git/was-run"
        for name in ["clean", "smudge", "process"] {
            try repository.git(["config", "filter.evil.\(name)", "touch '\(trace)'; cat"])
        }
        try repository.git(["config", "core.autocrlf", "true"])
        try repository.write(".git/info/attributes", "*.yaml filter=evil ident working-tree-encoding=UTF-8\n")
        try repository.write(path, "$Id$\r\nb\r\n")
        #expect(try await differing(repository, [path], isRaw: false).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: trace))
        _ = try modified(repository)
        #expect(FileManager.default.fileExists(atPath: trace))
    }

    @Test("Limits apply to files with the line endings of the index")
    func measuresNormalizedSize() async throws {
        let repository = try ScratchRepository()
        try repository.write("roster.yaml", String(repeating: "a\n", count: 100))
        try repository.commit(at: 100)
        try repository.git(["config", "core.autocrlf", "true"])
        try repository.write("roster.yaml", String(repeating: "a\r\n", count: 100))
        let topLevel = try await repository.opened().topLevel
        for (limit, isRead) in [(300, true), (200, true), (199, false), (100, false)] {
            let endings = LineEndings(of: topLevel, registry: ["roster.yaml"]) {
                ProcessInfo.processInfo.environment[$0]
            }
            let tree = NormalizedTree(WorkingTree(root: repository.folder), prefix: "", endings)
            var size: Int?
            try await tree.read([TreeFile(folder: "", name: "roster.yaml", limit: limit)]) { _, reading in
                if case .contents(let bytes, _) = reading { size = bytes.count }
            }
            #expect(size == (isRead ? 200 : nil), "\(limit)")
        }
    }

    @Test("Reads files unchanged when git does not open the repository")
    func readsWithoutGit() async throws {
        let repository = try ScratchRepository()
        try repository.write("roster.yaml", "a\n")
        try repository.commit(at: 100)
        try repository.git(["config", "core.autocrlf", "true"])
        let topLevel = try await repository.opened().topLevel
        let file = (path: "roster.yaml", bytes: Array("a\r\n".utf8))
        let missing = LineEndings(of: topLevel, registry: ["roster.yaml"]) { $0 == "PATH" ? "/nonexistent" : nil }
        #expect(try await missing.normalize([file]) == [file.bytes])
        let endings = LineEndings(of: topLevel, registry: ["roster.yaml"]) { ProcessInfo.processInfo.environment[$0] }
        #expect(try await endings.normalize([file]) == [Array("a\n".utf8)])
        // An index that cannot be read is a failure.
        try repository.write(".git/index", "damage")
        let damaged = LineEndings(of: topLevel, registry: ["roster.yaml"]) { ProcessInfo.processInfo.environment[$0] }
        await #expect(throws: GitError.self) { _ = try await damaged.normalize([file]) }
    }
}
