import Foundation
import RosterBytes
import RosterTestSupport
import Testing

@Suite("roster serve: reloading changed files")
struct ServeReloadTests {
    private typealias Repository = ServedRepository
    private static let file = "providers/acme/gpt-4o.yaml"
    private static let gpt = RunningServer.item(ServedRepository.gpt)

    /// Waits until the record has a name.
    private func until(named name: String, _ server: RunningServer) async throws {
        try await server.until("the name is \(name)", Self.gpt) { $0.object["name"] as? String == name }
    }

    @Test(
        "A file that is saved in any way is reloaded",
        arguments: ["rename", "truncate", "append", "delete", "backup", "sed", "patch"]
    )
    func saves(_ pattern: String) async throws {
        let repository = try Repository(isOpen: true)
        let server = try await RunningServer(repository.folder.path)
        let old = try repository.folder.read(Self.file)
        for round in 1...3 {
            let name = "\(pattern) \(round)"
            let text = old.replacing("GPT-4o for checkout", with: name)
            let path = repository.folder.path + "/" + Self.file
            switch pattern {
            case "rename":
                try repository.folder.write("providers/acme/.gpt-4o.yaml.swp", text)
                try repository.program.tool("mv", path.replacing("gpt-4o.yaml", with: ".gpt-4o.yaml.swp"), path)
            case "truncate":
                let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
                try handle.truncate(atOffset: 0)
                // Longer than the debounce interval: the server may read the empty file, but must reload afterwards.
                for byte in [text.prefix(20), text.dropFirst(20)] {
                    usleep(60_000)
                    try handle.write(contentsOf: Data(byte.utf8))
                }
                try handle.close()
            case "append":
                try repository.program.tool("sh", "-c", "printf '\(text.replacing("\n", with: "\\n"))' > \(path)")
            case "delete":
                try FileManager.default.removeItem(atPath: path)
                _ = try await server.until("it is gone", Self.gpt) { $0.status == 404 }
                try repository.folder.write(Self.file, text)
            case "backup":
                try repository.program.tool("mv", path, path + "~")
                try repository.folder.write(Self.file, text)
                try repository.program.tool("rm", path + "~")
            case "sed": try repository.program.tool("sed", "-i", "s/^name: .*/name: \(name)/", path)
            default:
                let before = try repository.folder.read(Self.file)
                let line = try #require(before.firstMatch(of: /name: .*/)).0
                let patch = "--- a/\(Self.file)\n+++ b/\(Self.file)\n@@ -3,1 +3,1 @@\n-\(line)\n+name: \(name)\n"
                try repository.program.tool(["git", "apply", "--unidiff-zero", "-"], input: Data(patch.utf8))
            }
            try await until(named: name, server)
        }
        #expect(try await server.request("GET", RunningServer.list).ids.count == 10)
    }

    @Test func reloadsAfterCommitsAndCheckouts() async throws {
        let repository = try Repository(isOpen: true)
        try repository.commit()
        let (program, folder) = (repository.program, repository.folder)
        let server = try await RunningServer(folder.path)
        let text = try folder.read(Self.file)
        try folder.write(Self.file, text.replacing("for checkout", with: "for more"))
        try await until(named: "GPT-4o for more", server)
        #expect(
            try await server.request("GET", Self.gpt)["Roster-Revision"] == (try repository.head()),
            "not committed yet"
        )
        try repository.commit("More")
        let more = try repository.head()
        func untilServed(_ revision: String) async throws {
            try await server.until("\(revision) is served", Self.gpt) { $0["Roster-Revision"] == revision }
        }
        try await untilServed(more)
        // The same for a commit that changes no file.
        try program.tool("git", "commit", "--quiet", "--allow-empty", "--message", "Empty")
        try await untilServed(try repository.head())
        try program.tool("git", "checkout", "--quiet", "-b", "team/nested/branch", "HEAD~2")
        try await untilServed(try repository.head())
        try await until(named: "GPT-4o for checkout", server)
        try folder.write(Self.file, text.replacing("for checkout", with: "on a branch"))
        try repository.commit("On a branch")
        try await untilServed(try repository.head())
        try await until(named: "GPT-4o on a branch", server)
        // Packed refs, an amended commit, a reset.
        try program.tool("git", "pack-refs", "--all")
        try program.tool("git", "commit", "--quiet", "--amend", "--message", "Amended")
        try await untilServed(try repository.head())
        try program.tool("git", "checkout", "--quiet", "main")
        try await untilServed(try repository.head("main"))
        try program.tool("git", "reset", "--quiet", "--hard", more)
        try await untilServed(more)
        try await until(named: "GPT-4o for more", server)
        let clean = try await program.run("compile")
        #expect(clean.exitCode == 0)
        let digest = try program.tool(["sha256sum"], input: Data(clean.output.utf8)).output.prefix(64)
        let served = try await server.until("it is what compile writes") { $0["Roster-Digest"] == "sha256:" + digest }
        #expect(served.ids.count == 10)
    }

    @Test func invalidStateKeepsPreviousRegistryAndIsReported() async throws {
        let repository = try Repository(isOpen: true)
        try repository.commit()
        let folder = repository.folder
        let server = try await RunningServer(folder.path, ["--log-format", "json"])
        let good = try await server.until("it is served", Self.gpt) { $0.status == 200 }
        let text = try folder.read(Self.file)
        try folder.write(Self.file, text.replacing("provider: openai", with: "provider: antropic"))
        try repository.commit("Bad")
        let bad = try repository.head()
        let status = try await server.until("the attempt is reported", "/status") { answer in
            (answer.object["lastAttempt"] as? [String: Any])?["commit"] as? String == bad
        }.object
        #expect((status["lastAttempt"] as? [String: Any])?["ok"] as? Bool == false)
        #expect(status["commit"] as? String != bad && status["ready"] as? Bool == true)
        let diagnostics = try #require(status["diagnostics"] as? [[String: Any]])
        #expect(diagnostics.map { $0["rule"] as? String } == ["unknown-provider-slug"])
        #expect(diagnostics[0]["path"] as? String == Self.file && diagnostics[0]["line"] as? Int == 4)
        let after = try await server.request("GET", Self.gpt)
        #expect(after.body == good.body && after["Roster-Digest"] == good["Roster-Digest"])
        #expect(try await server.request("GET", "/readyz").status == 200)
        let metrics = try await server.request("GET", "/metrics").text
        #expect(metrics.contains("roster_registry_current 0"))
        #expect(metrics.contains(/roster_reloads_total\{result="failed"\} [1-9]/))
        let line = try #require(server.log.split(separator: "\n").last { $0.contains("\"level\":\"error\"") })
        let entry = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let message = try #require(entry["message"] as? String)
        #expect(message.contains("unknown-provider-slug") && message.contains("\(Self.file):4"), "\(message)")
        #expect(message.contains("previous registry is still served"))
        for line in server.log.split(separator: "\n") {
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        }
        try folder.write(Self.file, text.replacing("for checkout", with: "healed"))
        try repository.commit("Good")
        try await until(named: "GPT-4o healed", server)
        let head = try repository.head()
        let healed = try await server.until("the fix is served", "/status") { $0.object["commit"] as? String == head }
        #expect((healed.object["diagnostics"] as? [Any])?.isEmpty == true)
        #expect(try await server.request("GET", "/metrics").text.contains("roster_registry_current 1"))
    }

    @Test func reloadsRemovedAndRestoredFolders() async throws {
        let repository = try Repository(isOpen: true)
        let (program, path) = (repository.program, repository.folder.path)
        let server = try await RunningServer(path)
        func untilCounted(_ count: Int) async throws {
            try await server.until("\(count) records") { $0.ids.count == count }
        }
        try await untilCounted(10)
        // The records of one project, then all: removed for longer than a reload takes, restored, and then changed.
        for (index, folder) in ["providers/labs", "providers"].enumerated() {
            try program.tool("mv", folder, "elsewhere")
            try await untilCounted(index == 0 ? 5 : 0)
            try program.tool("mv", "elsewhere", folder)
            try await untilCounted(10)
            try program.tool("sed", "-i", "s/^name: .*/name: back \(index)/", Self.file)
            try await until(named: "back \(index)", server)
        }
        // The whole repository, replaced as in a deployment.
        let outside = RosterProgram(folder: "/")
        try outside.tool("cp", "-R", path, path + ".new")
        defer { try? FileManager.default.removeItem(atPath: path + ".old") }
        try outside.tool("sed", "-i", "s/^name: .*/name: deployed/", path + ".new/" + Self.file)
        try outside.tool("mv", path, path + ".old")
        try outside.tool("mv", path + ".new", path)
        try await until(named: "deployed", server)
        try outside.tool("sed", "-i", "s/^name: .*/name: after/", path + "/" + Self.file)
        try await until(named: "after", server)
        // A new project with its folder.
        let roster = try repository.folder.read("roster.yaml")
        try repository.folder.write(
            "roster.yaml",
            roster.replacing("projects:\n", with: "projects:\n  neu: {id: proj_NeuNeuNeuNeuNeuN, name: Neu}\n")
        )
        try repository.folder.write("providers/neu/local.yaml", ScratchFolder.provider)
        try await untilCounted(11)
    }
}
