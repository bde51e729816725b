import Foundation
import RosterBytes
import RosterTestSupport
import SealedBoxes
import Testing

@Suite("Commands: projects, policies, tokens")
struct AccessProgramTests {
    private static let roster = "roster: 1\nprojects:\n  acme: # ours\n    id: proj_V1StGXR8Z5jdHi6B\n    name: Acme"

    private func repository() throws -> (folder: ScratchFolder, program: RosterProgram) {
        let folder = try ScratchFolder.repository()
        try folder.write("roster.yaml", Self.roster)
        return (folder, RosterProgram(folder: folder.path))
    }

    @Test func printsTokenOnceAndStoresItsHash() async throws {
        let (folder, program) = try repository()
        let policy = try await program.run(
            "policy",
            "create",
            "reader",
            "--allow",
            "aiProviders:GetAiProvider",
            "aiProviders:ListAiProviders",
            "--deny",
            "aiProviders:DeleteAiProvider",
            "--resource",
            "acme/*"
        )
        #expect(policy.exitCode == 0, "\(policy.error)")
        #expect(policy.error.contains("every client could read before this change"))
        let run = try await program.run(
            "token",
            "create",
            "--name",
            "billing",
            "--policy",
            "reader",
            "--project",
            "acme",
            "--expires",
            "2099-06-30"
        )
        #expect(run.exitCode == 0, "\(run.error)")
        #expect(run.output.wholeMatch(of: /sk_[A-Za-z0-9_-]{43}\n/) != nil)
        let token = String(run.output.dropLast())
        let roster = try folder.read("roster.yaml")
        #expect(!roster.contains(token) && !run.error.contains(token))
        #expect(roster.contains("hash: " + Digest.blake2b256(of: Array(token.utf8).span).hex))
        #expect(roster.hasPrefix(Self.roster) && roster.hasSuffix("expires: 2099-06-30"))
        #expect(try await program.run("check").exitCode == 0)
        let list = try await program.run("token", "list", "--format", "json")
        #expect(!list.output.contains("hash") && list.output.contains("\"expires\": \"2099-06-30\""))
        let again = try await program.run("token", "create", "--name", "billing", "--policy", "reader")
        #expect(again.output != run.output)
        #expect(try await program.run("token", "revoke", "billing").exitCode == 64, "two have that name")
        let dry = try await program.run("token", "create", "--name", "x", "--policy", "reader", "--dry-run")
        #expect(dry.output.hasPrefix("--- a/roster.yaml\n") && !dry.output.contains("sk_"))
    }

    @Test func deletesUsedPolicyOnlyWithForce() async throws {
        let (folder, program) = try repository()
        #expect(
            try await program.run("policy", "create", "p", "--allow", "*", "--resource", "acme/local").exitCode == 0
        )
        #expect(try await program.run("token", "create", "--name", "t", "--policy", "p", "--policy", "p").exitCode == 0)
        #expect(try folder.read("roster.yaml").contains("policies: [p]"))
        let refused = try await program.run("policy", "delete", "p")
        #expect(refused.exitCode == 1 && refused.error.contains("t has it"))
        let forced = try await program.run("policy", "delete", "p", "--force")
        #expect(forced.exitCode == 0 && forced.error.contains("error[unknown-policy]"), "\(forced.error)")
    }

    @Test func undoingEditsRestoresFile() async throws {
        let (folder, program) = try repository()
        let base =
            Self.roster + "\naccess:\n  policies:\n    a: [{effect: Allow, action: ['*'], resource: ['*']}] # all\n"
            + "  tokens: []\n"
        try folder.write("roster.yaml", base)
        let made = try await program.run("policy", "create", "reader", "--allow", "*", "--resource", "acme/local")
        #expect(made.exitCode == 0, "\(made.error)")
        let one = try folder.read("roster.yaml")
        #expect(try await program.run("token", "create", "--name", "t", "--policy", "a").exitCode == 0)
        #expect(try await program.run("policy", "delete", "a").exitCode == 1, "a token has it")
        #expect(try await program.run("token", "revoke", "t").exitCode == 0)
        #expect(try folder.read("roster.yaml") == one)
        #expect(try await program.run("policy", "delete", "reader").exitCode == 0)
        #expect(try folder.read("roster.yaml") == base)
    }

    @Test func addsAndListsProjects() async throws {
        let (folder, program) = try repository()
        #expect(try await program.run("project", "add", "labs", "--name", "Acme Labs").exitCode == 0)
        let roster = try folder.read("roster.yaml")
        #expect(roster.hasPrefix(Self.roster + "\n  labs:\n    id: proj_") && roster.hasSuffix("    name: Acme Labs"))
        #expect(
            try await program.run("project", "list").output
                == "acme  1 provider   0 secrets  Acme\nlabs  0 providers  0 secrets  Acme Labs\n"
        )
        let json = try JSONSerialization.jsonObject(
            with: Data(try await program.run("project", "list", "--format", "json").output.utf8)
        )
        #expect((json as? [[String: Any]])?.map { $0["handle"] as? String } == ["acme", "labs"])
    }

    @Test(
        "Each kind of error has its exit code, and the message suggests a remedy",
        arguments: [
            (["project", "add", "acme"], 3, "already"),
            (["project", "add", "A"], 64, "not a handle"),
            (["policy", "create", "p", "--resource", "*"], 64, "missing --allow"),
            (["policy", "create", "p", "--allow", "*"], 64, "missing --resource"),
            (
                ["policy", "create", "p", "--allow", "GetAiProvider", "--resource", "*"], 64,
                "aiProviders:GetAiProvider"
            ),
            (["policy", "create", "p", "--allow", "*", "--resource", "acne/*"], 1, "error[unknown-resource]"),
            (["policy", "delete", "p"], 3, "roster policy list"),
            (["token", "create", "--name", "t", "--policy", "p"], 3, "roster policy create p"),
            (["token", "create", "--name", "t"], 64, "--policy"),
            (["token", "revoke", "t"], 3, "roster token list"),
        ] as [([String], Int32, String)]
    )
    func mistakes(_ arguments: [String], _ code: Int32, _ words: String) async throws {
        let (folder, program) = try repository()
        let run = try await program.run(arguments)
        #expect(run.exitCode == code && run.output == "", "\(run)")
        #expect(run.error.contains(words), "\(run.error)")
        #expect(try folder.read("roster.yaml") == Self.roster)
    }
}
