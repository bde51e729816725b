import Foundation
import RosterCompiler
import RosterModel
import RosterTestSupport
import Testing

@Suite("Commands: dates")
struct CommitDateProgramTests {
    private static let path = "providers/acme/local.yaml"

    @Test("Every command that reads the history rejects a commit whose date a registry cannot represent")
    func refusesCommit() async throws {
        let folder = try ScratchFolder.repository()
        var program = RosterProgram(folder: folder.path)
        program.environment["GIT_AUTHOR_DATE"] = "@1700000000 +0000"
        try program.tool("git", "init", "--quiet", "--initial-branch=main")
        for date in ["1700000000", "253402300800", "1700000100"] {
            program.environment["GIT_COMMITTER_DATE"] = "@\(date) +0000"
            try folder.write(Self.path, ScratchFolder.provider.replacing("Local model", with: "Local \(date)"))
            try program.tool("git", "add", "--all")
            try program.tool("git", "commit", "--quiet", "-m", date)
        }
        let bad = try program.tool("git", "rev-parse", "HEAD~1").output.trimmingCharacters(in: .newlines)
        for arguments in [
            ["compile", "-o", "out.json"], ["compile", "--rev", "HEAD", "-o", "out.json"], ["log", "acme/local"],
            ["compile", "--rev", "HEAD~1", "-o", "out.json"], ["blame", "acme/local"], ["diff", "HEAD~1", "HEAD"],
            ["diff", "HEAD~2", "HEAD~1"],
        ] {
            let run = try await program.run(arguments)
            #expect(run.exitCode == 3 && run.output == "", "\(arguments): \(run)")
            #expect(run.error.contains(bad) && run.error.contains("253402300800 (10000-01-01T00:00:00Z)"))
            #expect(!run.error.contains("fsck") && !folder.exists("out.json"))
        }
        // A comparison needs no history, so a commit between the two sides does not matter.
        for format in ["text", "json", "markdown"] {
            #expect(try await program.run("diff", "HEAD~2", "HEAD", "--format", format).exitCode == 0)
        }
        let json = try await program.run("diff", "HEAD~2", "HEAD", "--format", "json").output
        #expect(json.contains("\"digest\": \"sha256:") && json.contains("\"digest\": null"))
    }

    @Test("The first and the last date of the range can be compiled and decoded", arguments: ["0", "253402300799"])
    func acceptsEndsOfRange(date: String) async throws {
        let folder = try ScratchFolder.repository()
        var program = RosterProgram(folder: folder.path)
        for role in ["AUTHOR", "COMMITTER"] { program.environment["GIT_\(role)_DATE"] = "@\(date) +0000" }
        try program.tool("git", "init", "--quiet", "--initial-branch=main")
        try program.tool("git", "add", "--all")
        try program.tool("git", "commit", "--quiet", "-m", "first")
        for rev in [[], ["--rev", "HEAD"]] {
            #expect(try await program.run(["compile", "-o", "out.json"] + rev).exitCode == 0)
            #expect(try await program.run(["compile", "-o", "out.json", "--check"] + rev).exitCode == 0)
            let registry = try await RegistryDecoder.decode(Array(try folder.read("out.json").utf8))
            #expect(registry.providers.map { "\($0.createdAt.secondsSince1970)" } == [date])
            #expect(registry.revision.committedAt.map { "\($0.secondsSince1970)" } == date)
        }
        #expect(try await program.run("log", "acme/local").output.contains(date == "0" ? "1970-01-01" : "9999-12-31"))
    }

    @Test("A modification time outside the range is rejected for uncommitted files and outside git")
    func refusesModificationTime() async throws {
        let folder = try ScratchFolder.repository()
        var program = RosterProgram(folder: folder.path)
        for isInGit in [false, true] {
            if isInGit { try program.tool("git", "init", "--quiet", "--initial-branch=main") }
            for (seconds, text) in [(-1, "1969-12-31T23:59:59Z"), (253_402_300_800, "10000-01-01T00:00:00Z")] {
                try program.tool("touch", "--date=@\(seconds)", Self.path)
                // Not every file system has such times.
                guard try program.tool("stat", "--format=%Y", Self.path).output == "\(seconds)\n" else { continue }
                for output in [["-o", "out.json"], []] {
                    let run = try await program.run(["compile"] + output)
                    #expect(run.exitCode == 3 && run.output == "", "\(run)")
                    #expect(run.error.contains(Self.path) && run.error.contains(text), "\(run.error)")
                    #expect(!folder.exists("out.json"))
                }
                #expect(try await program.run("check").exitCode == 0)
            }
            try program.tool("touch", "--date=@0", Self.path)
            #expect(try await program.run("compile").output.contains("\"createdAt\": \"1970-01-01T00:00:00Z\""))
        }
        program.environment["SOURCE_DATE_EPOCH"] = "0"
        try program.tool("touch", "--date=@-1", Self.path)
        #expect(try await program.run("compile").exitCode == 0)
    }

    @Test("A commit that git reports as damaged is named, with git fsck as the remedy")
    func reportsDamage() async throws {
        let folder = try ScratchFolder.repository()
        let program = RosterProgram(folder: folder.path)
        try program.tool("git", "init", "--quiet", "--initial-branch=main")
        try program.tool("git", "add", "--all")
        try program.tool("git", "commit", "--quiet", "-m", "first")
        try program.tool("git", "commit", "--quiet", "--allow-empty", "-m", "second")
        let commit = try program.tool("git", "rev-parse", "HEAD~1").output.trimmingCharacters(in: .newlines)
        let object = ".git/objects/\(commit.prefix(2))/\(commit.dropFirst(2))"
        try program.tool("chmod", "u+w", object)
        try program.tool("truncate", "--size=0", object)
        try program.tool("truncate", "--size=20", object)
        for arguments in [["compile"], ["log", "acme/local"], ["blame", "acme/local"]] {
            let run = try await program.run(arguments)
            #expect(run.exitCode == 3 && run.output == "", "\(arguments): \(run)")
            #expect(run.error.contains(commit) && run.error.contains("git fsck"), "\(arguments): \(run.error)")
        }
    }
}
