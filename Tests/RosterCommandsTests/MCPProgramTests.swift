import Foundation
import RosterTestSupport
import Testing

@Suite("roster mcp: the clients of the official SDK and of agents' frameworks", .tags(.startsProgram))
struct MCPProgramTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let peer = folder.appending(path: "mcp_peer.py").path
    private static let clientsPeer = folder.appending(path: "mcp_clients_peer.py").path

    /// A git repository whose `access` has one token.
    private func repository() async throws -> (folder: ScratchFolder, program: RosterProgram, token: String) {
        let folder = try ScratchFolder.repository()
        var program = RosterProgram(folder: folder.path)
        try program.tool("git", "init", "--quiet")
        let policy = try await program.run("policy", "create", "all", "--allow", "*", "--resource", "*")
        try #require(policy.exitCode == 0, "\(policy.error)")
        let token = try await program.run("token", "create", "--name", "agent", "--policy", "all").output.dropLast()
        try program.tool("git", "add", ".")
        try program.tool("git", "commit", "--quiet", "-m", "Start")
        program.environment["ROSTER_TEST_TOKEN"] = String(token)
        return (folder, program, String(token))
    }

    @Test func clientsCallEveryToolOverHTTP() async throws {
        let (folder, program, _) = try await repository()
        let run = try await program.toolInBackground("python3", Self.peer, "http", BuiltProgram.path, folder.path)
        let count = try #require(run.output.firstMatch(of: /([0-9]+) messages validated/).flatMap { Int($0.1) })
        #expect(count > 60)
        let server = try await RunningServer(folder.path)
        let url = "http://127.0.0.1:\(server.port)/mcp"
        let clients = try await program.toolInBackground("python3", Self.clientsPeer, "http", url)
        #expect(clients.output.contains("fastmcp used 7 tools") && clients.output.contains("agents used 7 tools"))
        #expect(try program.tool("git", "status", "--porcelain").output.isEmpty, "nothing was changed")
    }

    @Test func clientsCallEveryToolOverStdio() async throws {
        let (folder, program, _) = try await repository()
        let run = try await program.toolInBackground("python3", Self.peer, "stdio", BuiltProgram.path, folder.path)
        let count = try #require(run.output.firstMatch(of: /([0-9]+) messages validated/).flatMap { Int($0.1) })
        #expect(count > 60)
        let clients = try await program.toolInBackground(
            "python3",
            Self.clientsPeer,
            "stdio",
            BuiltProgram.path,
            folder.path
        )
        #expect(clients.output.contains("fastmcp used 8 tools") && clients.output.contains("agents used 8 tools"))
        #expect(try program.tool("git", "status", "--porcelain").output.isEmpty, "every edit was reverted")
    }
}
