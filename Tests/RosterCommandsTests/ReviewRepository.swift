import Foundation
import RosterReview
import RosterTestSupport
import Testing

/// A git repository whose commits are the same on every machine.
struct ReviewRepository {
    let folder: ScratchFolder
    var program: RosterProgram

    init() throws {
        folder = try ScratchFolder()
        program = RosterProgram(folder: folder.path)
        program.environment = [
            "GIT_AUTHOR_DATE": "@1764000000 +0000", "GIT_COMMITTER_DATE": "@1764000000 +0000",
        ]
        try program.tool("git", "init", "--quiet", "--initial-branch=main")
    }

    /// Replaces all files, commits them, and returns the commit id.
    @discardableResult
    func commit(_ files: [String: String], _ message: String = "change") throws -> String {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name != ".git" {
            try FileManager.default.removeItem(atPath: folder.path + "/" + name)
        }
        for (path, text) in files { try folder.write(path, text) }
        return try commitAll(message)
    }

    /// Commits the present files, and returns the commit id.
    @discardableResult
    func commitAll(_ message: String = "change") throws -> String {
        try program.tool("git", "add", "--all")
        try program.tool("git", "commit", "--quiet", "--allow-empty", "-m", message)
        return try head()
    }

    func head() throws -> String {
        try program.tool("git", "rev-parse", "HEAD").output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Returns the program in a shallow clone in `folder`.
    func shallowClone(depth: Int, in folder: ScratchFolder) throws -> RosterProgram {
        let path = folder.path + "/c"
        try program.tool("git", "clone", "--quiet", "--depth=\(depth)", "file://" + self.folder.path, path)
        return RosterProgram(folder: path)
    }

    /// Returns the output of `diff`, which must exit with the given code.
    func diff(_ arguments: String..., exit: Int32 = 0) async throws -> String {
        let run = try await program.run(["diff"] + arguments)
        #expect(run.exitCode == exit, "\(arguments): \(run.error)")
        return run.output
    }

    /// Returns the JSON of a review.
    func review(_ arguments: String...) async throws -> [String: Any] {
        let run = try await program.run(["diff"] + arguments + ["--format", "json"])
        try #require(run.exitCode == 0, "\(run.error)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    /// Returns the rows of a review.
    func changes(_ arguments: String...) async throws -> [[String: Any]] {
        let run = try await program.run(["diff"] + arguments + ["--format", "json"])
        try #require(run.exitCode == 0, "\(run.error)")
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        return try #require(document?["changes"] as? [[String: Any]])
    }
}
