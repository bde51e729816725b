import Foundation
import RosterTestSupport
import Testing

@testable import RosterCommands

/// Keys that sign publications.
@Suite("Commands: publishing keys")
struct PublishingKeyTests {
    @Test func createsKeyThatOpenSSLReadsOutsideOfWorkTree() async throws {
        let folder = try ScratchFolder()
        let program = RosterProgram(folder: folder.path)
        let generate = ["key", "generate", "--publishing", "-o"]
        let run = try await program.run(generate + ["key.pem"])
        #expect(run.exitCode == 0 && run.error.isEmpty, "\(run)")
        let path = folder.path + "/key.pem"
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let openSSL = try program.tool("openssl", "pkey", "-in", "key.pem", "-pubout").output
        #expect(run.output.hasPrefix("# Roster publishing key ") && run.output.hasSuffix("\n" + openSSL))

        let text = try folder.read("key.pem")
        let again = try await program.run(generate + ["key.pem"])
        #expect(again.exitCode == 3 && again.error.contains("a private key is never overwritten"), "\(again)")
        #expect(try folder.read("key.pem") == text)
        try program.tool("git", "init", "--quiet")
        let inside = try await program.run(generate + ["other.pem"])
        #expect(inside.exitCode == 3 && inside.error.contains("work tree") && !folder.exists("other.pem"), "\(inside)")
    }

    @Test(arguments: [[], ["-o", "key.pem", "--name", "ci"], ["-o", "key.pem", "--no-add"]])
    func refusesOptionsOfSealingKeys(options: [String]) async throws {
        let folder = try ScratchFolder()
        let run = try await RosterProgram(folder: folder.path).run(["key", "generate", "--publishing"] + options)
        #expect(run.exitCode == 64 && run.error.contains("--publishing"), "\(run)")
        #expect(!folder.exists("key.pem"))
    }
}
