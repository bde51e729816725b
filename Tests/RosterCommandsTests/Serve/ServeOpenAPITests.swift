import Foundation
import RosterTestSupport
import Testing

@Suite("roster serve: the OpenAPI document")
struct ServeOpenAPITests {
    @Test func documentIsValidAndSameForServerAndCommand() async throws {
        let repository = try ServedRepository()
        let server = try await RunningServer(repository.folder.path)
        let answer = try await server.request("GET", "/openapi.json")
        let command = try await repository.program.run("openapi")
        #expect(command.output == answer.text && command.exitCode == 0)
        try repository.folder.write("openapi.json", answer.text)
        try repository.program.tool("python3", "-m", "openapi_spec_validator", "--schema", "3.1", "openapi.json")
        let paths = try #require(answer.object["paths"] as? [String: [String: Any]])
        #expect(Set(paths.keys).isSuperset(of: ["/status", "/metrics", RunningServer.list, "/livez", "/readyz"]))
        #expect(Set(paths[RunningServer.list]?.keys ?? [:].keys) == ["get", "head", "post"])
    }

    @Test("Responses to property-based tests conform to the document", arguments: [true, false])
    func properties(isOpen: Bool) async throws {
        let repository = try ServedRepository(isOpen: isOpen)
        try repository.commit()
        let server = try await RunningServer(repository.folder.path)
        let before = try repository.everything()
        // A valid write request is answered with 405 and the edit, and `Allow` lists only read methods. The two checks
        // that do not support this are excluded.
        var arguments = [
            "run", "http://127.0.0.1:\(server.port)/openapi.json", "--generation-deterministic", "--no-color",
            "--phases", isOpen ? "examples,coverage,fuzzing" : "coverage", "--max-examples", "10", "--checks", "all",
            "--exclude-checks", "positive_data_acceptance,allow_header_conformance",
            // A stream has no end.
            "--exclude-path", "/api/v1/events",
        ]
        if !isOpen { arguments += ["--header", "Authorization: Bearer \(ServedRepository.Token.all.text)"] }
        // A failure shows standard error, so the report goes there.
        let shell = ["sh", "-c", "exec \"$@\" 1>&2", "sh", "python3", "-m", "schemathesis.cli"]
        // It writes files into its working directory.
        let scratch = try ScratchFolder()
        let words = shell + arguments
        try await onThread { _ = try RosterProgram(folder: scratch.path).tool(words) }
        #expect(try repository.everything() == before)
        #expect(!(server.log.contains(" 500 ")))
    }
}
