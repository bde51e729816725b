import Foundation
import RosterSources
import Testing

@testable import RosterGit

struct GitTreeTests {
    @Test func readsCommittedFiles() async throws {
        let repository = try ScratchRepository()
        try repository.write("roster.yaml", "one\r\n")
        try repository.write("providers/acme/a.yaml", "a\n")
        try repository.write("providers/acme/a-b.yaml", "")
        try repository.commit(at: 1)
        try repository.write("roster.yaml", "two\n")
        let files = try await repository.files(of: "HEAD")
        #expect(
            files.mapValues(\.text) == [
                "roster.yaml": "one\r\n", "providers/acme/a.yaml": "a\n", "providers/acme/a-b.yaml": "",
            ]
        )
    }

    @Test func ordersEntriesByTheBytesOfTheirNames() async throws {
        let repository = try ScratchRepository()
        for path in ["a/x", "a.yaml", "a-b/x", "a0"] { try repository.write(path, "") }
        try repository.commit(at: 1)
        let opened = try await repository.opened()
        let tree = try await opened.tree(of: try await opened.commit(named: "HEAD"))
        let entries = try await tree.list([TreeFolder(path: "")], limit: 10)[0].get()
        #expect(entries.map(\.name) == ["a", "a-b", "a.yaml", "a0"])
        #expect(entries.map(\.kind) == [.folder, .folder, .file, .file])
    }

    @Test func reportsLinksAndSubmodules() async throws {
        let repository = try ScratchRepository()
        try FileManager.default.createSymbolicLink(
            atPath: repository.folder + "/link",
            withDestinationPath: "/etc/passwd"
        )
        try repository.write("file", "")
        let commit = try repository.commit(at: 1)
        try repository.git(["update-index", "--add", "--cacheinfo", "160000,\(commit),module"])
        try repository.git(["commit", "--quiet", "-m", "module"])
        let opened = try await repository.opened()
        let tree = try await opened.tree(of: try await opened.commit(named: "HEAD"))
        let entries = try await tree.list([TreeFolder(path: "")], limit: 10)[0].get()
        #expect(entries.map(\.kind) == [.file, .symbolicLink, .submodule])
    }

    @Test(arguments: ["sha1", "sha256"])
    func readsBothKindsOfObjectIDs(_ format: String) async throws {
        let repository = try ScratchRepository("--object-format=\(format)")
        try repository.write("providers/acme/a.yaml", "a\n")
        try repository.commit(at: 1)
        #expect(try await repository.files(of: "main").mapValues(\.text) == ["providers/acme/a.yaml": "a\n"])
    }

    @Test func startsBelowTheTopLevel() async throws {
        let repository = try ScratchRepository()
        try repository.write("registry/llm/roster.yaml", "inner\n")
        try repository.write("roster.yaml", "outer\n")
        try repository.commit(at: 1)
        let files = try await repository.files(of: "HEAD", "registry/llm")
        #expect(files.mapValues(\.text) == ["roster.yaml": "inner\n"])
    }

    @Test func rejectsRevisionWithoutTheFolder() async throws {
        let repository = try ScratchRepository()
        try repository.write("other", "")
        try repository.commit(at: 1)
        try repository.write("registry/roster.yaml", "")
        await #expect(throws: RepositoryError.noRoster) { try await repository.files(of: "HEAD", "registry") }
    }

    @Test func readsThousandsOfFilesInOrder() async throws {
        let repository = try ScratchRepository()
        var input = ""
        for index in 0..<3_000 {
            let text = "file \(index)\n" + String(repeating: "x", count: index % 700)
            input += "blob\nmark :\(index + 1)\ndata \(text.utf8.count)\n\(text)\n"
        }
        input += "commit refs/heads/main\ncommitter T <t@example.com> 1 +0000\ndata 1\nx\n"
        for index in 0..<3_000 { input += "M 100644 :\(index + 1) providers/p/f\(10_000 + index).yaml\n" }
        try repository.git(["fast-import", "--quiet"], input: Data(input.utf8))
        let files = try await repository.files(of: "main")
        #expect(files.count == 3_000)
        for index in stride(from: 0, to: 3_000, by: 7) {
            let text = files["providers/p/f\(10_000 + index).yaml"]?.text
            #expect(text == "file \(index)\n" + String(repeating: "x", count: index % 700))
        }
    }

    @Test func readsDetachedHeadsAndLinkedWorkTrees() async throws {
        let repository = try ScratchRepository()
        try repository.write("roster.yaml", "one\n")
        let first = try repository.commit(at: 1)
        try repository.write("roster.yaml", "two\n")
        try repository.commit(at: 2)
        try repository.git(["checkout", "--quiet", "--detach", first])
        #expect(try await repository.files(of: "HEAD").mapValues(\.text) == ["roster.yaml": "one\n"])
        try repository.git(["worktree", "add", "--quiet", repository.folder + "-linked", "main"])
        let linked = ScratchRepository(existing: repository.folder + "-linked")
        #expect(try await linked.files(of: "HEAD").mapValues(\.text) == ["roster.yaml": "two\n"])
    }
}
