import Foundation
import RosterSources
import Testing

@testable import RosterGit

struct IndexTreeTests {
    @Test func readsStagedFiles() async throws {
        let repository = try ScratchRepository()
        try repository.write("roster.yaml", "staged\n")
        try repository.write("providers/acme/a.yaml", "")
        try repository.write("gone", "")
        try repository.git(["add", "--all"])
        try repository.write("roster.yaml", "working tree\n")
        try repository.write("providers/acme/untracked.yaml", "")
        try repository.remove("gone")
        #expect(
            try await repository.stagedFiles() == [
                "roster.yaml": "staged\n", "providers/acme/a.yaml": "", "gone": "",
            ]
        )
    }

    @Test(arguments: ["sha1", "sha256"])
    func readsBothKindsOfObjectIDsBeforeAndAfterTheFirstCommit(_ format: String) async throws {
        let repository = try ScratchRepository("--object-format=\(format)")
        #expect(try await repository.stagedFiles() == [:])
        try repository.write("a/b/c", "1")
        try repository.git(["add", "--all"])
        #expect(try await repository.stagedFiles() == ["a/b/c": "1"])
        try repository.commit(at: 1)
        #expect(try await repository.stagedFiles() == ["a/b/c": "1"])
    }

    @Test func listsTheSameEntriesAsTheCommit() async throws {
        let repository = try ScratchRepository()
        for path in ["a/x", "a.yaml", "a-b/x", "a0", "d/e/f", "d/e-f"] { try repository.write(path, path) }
        try FileManager.default.createSymbolicLink(
            atPath: repository.folder + "/link",
            withDestinationPath: "/etc/passwd"
        )
        let commit = try repository.commit(at: 1)
        try repository.git(["update-index", "--chmod=+x", "a0"])
        try repository.git(["update-index", "--add", "--cacheinfo", "160000,\(commit),module"])
        // Settings that hide a submodule's changes do not hide the submodule.
        try repository.git(["config", "diff.ignoreSubmodules", "all"])
        try repository.git(["commit", "--quiet", "-m", "second"])
        let opened = try await repository.opened()
        let tree = try await opened.tree(of: try await opened.commit(named: "HEAD"))
        let index = try await opened.index(file: nil).top
        for folder in ["", "a", "a-b", "d", "d/e"] {
            let object = try await tree.object(of: folder)
            let committed = try await tree.list([TreeFolder(path: folder, object: object)], limit: 100)[0].get()
            let staged = try await index.list([TreeFolder(path: folder)], limit: 100)[0].get()
            #expect(staged.map(\.name) == committed.map(\.name))
            #expect(staged.map(\.kind) == committed.map(\.kind))
            // The index has no objects for folders.
            for (one, other) in zip(staged, committed) where one.kind != .folder { #expect(one.object == other.object) }
        }
        #expect(try await index.target(ofLink: link(index)) == Array("/etc/passwd".utf8))
        let missing = try await index.list([TreeFolder(path: "d/x"), TreeFolder(path: "a0")], limit: 100)
        for result in missing {
            #expect(throws: TreeFailure(code: 2, reason: "no such folder", isMissing: true)) { try result.get() }
        }
    }

    private func link(_ index: IndexTree) async throws -> TreeFile {
        let entry = try await index.list([TreeFolder(path: "")], limit: 100)[0].get().first { $0.name == "link" }
        return TreeFile(folder: "", name: "link", object: entry?.object, limit: 100)
    }

    @Test func leavesOutFilesThatAreOnlyIntendedToBeAdded() async throws {
        let repository = try ScratchRepository()
        try repository.write("empty", "")
        try repository.git(["add", "--all"])
        try repository.write("intended", "text")
        try repository.write("folder/intended", "")
        try repository.git(["add", "--intent-to-add", "intended", "folder/intended"])
        #expect(try await repository.stagedFiles() == ["empty": ""])
        // What git commits is the same.
        try repository.git(["commit", "--quiet", "-m", "first"])
        #expect(try await repository.files(of: "HEAD").keys.sorted() == ["empty"])
        #expect(try await repository.stagedFiles() == ["empty": ""])
    }

    @Test(arguments: ["cone", "sparse index", "split index", "version 4", "untracked cache", "assume unchanged"])
    func readsTheWholeIndexInEveryForm(_ form: String) async throws {
        let repository = try ScratchRepository()
        for path in ["roster.yaml", "providers/acme/a.yaml", "other/b"] { try repository.write(path, path) }
        try repository.commit(at: 1)
        switch form {
        case "cone": try repository.git(["sparse-checkout", "set", "--cone", "other"])
        case "sparse index": try repository.git(["sparse-checkout", "set", "--cone", "--sparse-index", "other"])
        case "split index": try repository.git(["update-index", "--split-index"])
        case "version 4": try repository.git(["update-index", "--index-version", "4"])
        case "untracked cache": try repository.git(["update-index", "--force-untracked-cache"])
        default: try repository.git(["update-index", "--assume-unchanged", "roster.yaml"])
        }
        try repository.write("other/new", "new")
        try repository.git(["add", "other"])
        #expect(
            try await repository.stagedFiles() == [
                "roster.yaml": "roster.yaml", "providers/acme/a.yaml": "providers/acme/a.yaml", "other/b": "other/b",
                "other/new": "new",
            ]
        )
    }

    @Test func refusesConflictsAndDamage() async throws {
        let repository = try ScratchRepository()
        try repository.write("a", "1")
        try repository.commit(at: 1)
        try repository.git(["switch", "--quiet", "--create", "x"])
        try repository.write("a", "2")
        try repository.commit(at: 2)
        try repository.git(["switch", "--quiet", "main"])
        try repository.write("a", "3")
        try repository.commit(at: 3)
        try repository.git(["merge", "--quiet", "x"], mayFail: true)
        await #expect(throws: GitError.unmergedPaths(["a"])) { try await repository.stagedFiles() }
        try repository.write(".git/index", "not an index")
        await #expect {
            try await repository.stagedFiles()
        } throws: { error in
            guard case GitError.unreadableIndex = error else { return false }
            return true
        }
    }

    @Test func readsTheIndexOfAWorktreeAndTheOneThatIsNamed() async throws {
        let repository = try ScratchRepository()
        try repository.write("a", "1")
        try repository.commit(at: 1)
        let worktree = repository.folder + "/.git/side"
        try repository.git(["worktree", "add", "--quiet", worktree])
        let side = ScratchRepository(existing: worktree)
        try side.write("b", "2")
        try side.git(["add", "--all"])
        #expect(try await side.stagedFiles() == ["a": "1", "b": "2"])
        #expect(try await repository.stagedFiles() == ["a": "1"])
        // A hook of `git commit --all` finds a path that is relative to the top of the work tree.
        try FileManager.default.copyItem(
            atPath: repository.folder + "/.git/worktrees/side/index",
            toPath: repository.folder + "/.git/next-index"
        )
        #expect(try await repository.stagedFiles(indexFile: ".git/next-index") == ["a": "1", "b": "2"])
    }

    @Test func listsTheFolderOfTheRegistryAndNamesThatAreNotUTF8() async throws {
        let repository = try ScratchRepository()
        try repository.write("registry/roster.yaml", "inner")
        try repository.write("registry-b/roster.yaml", "other")
        try repository.write("x", "x")
        try repository.git(["add", "--all"])
        let object = try repository.git(["rev-parse", ":x"])
        let names: [[UInt8]] = [
            Array("registry/f".utf8) + [0xE4] + Array("/file".utf8), Array("registry/file".utf8) + [0xFF],
        ]
        var input = Data()
        for name in names { input += Data("100644 \(object)\t".utf8) + Data(name) + [0] }
        try repository.git(["update-index", "-z", "--index-info"], input: input)
        #expect(
            try await repository.stagedFiles("registry") == [
                "roster.yaml": "inner", "f\u{FFFD}/file": "x", "file\u{FFFD}": "x",
            ]
        )
        let other = Data("100644 \(object)\tregistry/f".utf8) + [0xE5] + Data("/file".utf8) + [0]
        try repository.git(["update-index", "-z", "--index-info"], input: other)
        // Two names that look the same are not guessed at.
        await #expect(throws: TreeFailure(code: 0, reason: "its name is not UTF-8")) {
            try await repository.stagedFiles("registry")
        }
        try repository.write("new/roster.yaml", "")
        #expect(try await repository.opened("new").index(file: nil).tree == nil)
    }

    @Test func readsFilesByTheirPaths() async throws {
        let repository = try ScratchRepository()
        for path in ["a", "a-b", "folder/a"] { try repository.write(path, path) }
        try repository.git(["add", "--all"])
        let index = try await repository.opened().index(file: nil).top
        let files = [("", "a"), ("folder", "a"), ("", "folder"), ("", "x"), ("a", "b")]
            .map { TreeFile(folder: $0, name: $1, limit: 100) }
        var texts: [String?] = []
        try await index.read(files[1...]) { texts.append($1.text) }
        #expect(texts == ["folder/a", nil, nil, nil])
    }

    @Test func stopsAtTheLimitAsOtherTreesDo() async throws {
        let repository = try ScratchRepository()
        for index in 0..<8 { try repository.write("d\(index % 2)/\(index)", "") }
        try repository.git(["add", "--all"])
        let index = try await repository.opened().index(file: nil).top
        func counts(limit: Int) async throws -> [Int] {
            let folders = ["d0", "d1"].map { TreeFolder(path: $0) }
            return try await index.list(folders, limit: limit).map { try $0.get().count }
        }
        #expect(try await counts(limit: .max) == [4, 4])
        #expect(try await counts(limit: 4) == [4, 1])
        #expect(try await counts(limit: 2) == [3, 0])
    }

    @Test(arguments: [
        "x", ":000000 100644 0 1 A\0", ":000000 100644 0 1 A\0a", ":000000 100644 0 1 M\0a\0",
        ":100644 100644 0 1 A\0a\0", ":000000 100644 0 1 A\0b\0:000000 100644 0 1 A\0a\0",
        ":000000 100644 0 1 A\0a\0:000000 100644 0 1 A\0a\0",
    ])
    func refusesAnAnswerThatIsNotAListOfEntries(_ answer: String) {
        #expect(throws: GitError.malformedAnswer(command: "diff-index")) { try IndexEntries(Array(answer.utf8)) }
    }

    @Test func listsManyFoldersQuickly() throws {
        var answer = ""
        let object = String(repeating: "1", count: 40)
        for index in 0..<20_000 {
            let number = String(index + 100_000)
            answer += ":000000 100644 0 \(object) A\0providers/p\(number.prefix(4))/\(number).yaml\0"
        }
        let index = try IndexEntries(Array(answer.utf8))
        let providers = index.range(of: Array("providers/".utf8))
        let projects = index.children(of: providers, depth: 10, limit: .max)
        #expect(projects.count == 200)
        #expect(projects.allSatisfy { $0.entries.count == 100 })
        #expect(index.children(of: projects[7].entries, depth: 16, limit: .max).count == 100)
    }
}

extension ScratchRepository {
    /// The text of every file of the index, by its path below a folder.
    fileprivate func stagedFiles(_ subfolder: String = "", indexFile: String? = nil) async throws -> [String: String] {
        let index = try await opened(subfolder).index(file: indexFile)
        return try await files(in: try #require(index.tree)).compactMapValues(\.text)
    }
}

extension GitTree {
    /// The id of a folder.
    fileprivate func object(of folder: String) async throws -> String? {
        var path = ""
        var object: String?
        for name in folder.split(separator: "/") {
            let entries = try await list([TreeFolder(path: path, object: object)], limit: 100)[0].get()
            object = entries.first { $0.name == name }?.object
            path += path.isEmpty ? name : "/" + name
        }
        return object
    }
}
