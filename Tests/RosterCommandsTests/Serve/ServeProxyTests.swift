import Foundation
import RosterTestSupport
import Testing

@Suite("roster serve: nginx with deploy/nginx.conf")
struct ServeProxyTests {
    private typealias Repository = ServedRepository
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let peer = folder.appending(path: "proxy_peer.py").path
    private static let configuration = folder.appending(path: "../../../deploy/nginx.conf").standardized.path

    @Test func proxiesClosedRegistryUnchanged() async throws {
        let repository = try Repository()
        let server = try await RunningServer(repository.folder.path)
        let program = repository.program
        let port = String(server.port)
        try await onThread {
            _ = try program.tool(
                "python3",
                Self.peer,
                Self.configuration,
                port,
                Repository.Token.all.text,
                Repository.gpt
            )
        }
    }

    @Test func rejectsOpenRegistryThroughPlainProxy() async throws {
        let repository = try Repository(isOpen: true)
        let server = try await RunningServer(repository.folder.path)
        #expect(try await server.request("GET", RunningServer.list).status == 200)
        let program = repository.program
        let port = String(server.port)
        try await onThread { _ = try program.tool("python3", Self.peer, "-", port) }
    }

    @Test func rejectsOpenRegistryThroughShippedConfiguration() async throws {
        let repository = try Repository(isOpen: true)
        let server = try await RunningServer(repository.folder.path)
        let program = repository.program
        let port = String(server.port)
        try await onThread { _ = try program.tool("python3", Self.peer, Self.configuration, port) }
    }
}
