import Foundation
import RosterTestSupport
import Testing

@testable import RosterCommands

/// Runs every example of the help texts in the process of the tests.
@Suite("Examples of help texts")
struct ExampleTests {
    @Test func everyExampleRuns() async throws {
        let repository = try await ExampleRepository()
        var seen: Set<String> = []
        for path in HelpTextTests.paths {
            for example in try await HelpTextTests.examples(path) where seen.insert(example).inserted {
                try await run(example, in: repository)
            }
        }
        #expect(seen.count > 50)
    }

    private func run(_ example: String, in repository: ExampleRepository) async throws {
        var line = try ExampleLine(example)
        let (folder, program) = try repository.copy()
        line.words = line.words.map { word in
            switch word {
            case "rk_0123456789abcdef0123456789abcdef": repository.keyID
            case "~/registry": folder.path
            case "dir:/srv/registry": "dir:\(folder.path)/published"
            case "/etc/roster/publishing.pem", "/etc/roster/trust.pem":
                folder.path + "/" + (word.split(separator: "/").last ?? "")
            case "/var/lib/roster": folder.path + "/state"
            default: word
            }
        }
        if line.words[0] == "serve" { return try await serve(line.words, folder, program) }
        let input = try line.input.map { Data(try folder.read($0).utf8) } ?? Data()
        var runner = program
        if line.words[0] == "init" {
            let empty = try ScratchFolder(keeping: folder)
            runner.folder = empty.path
            let run = try await runner.run(line.words, input: input)
            #expect(run.exitCode == 0 && empty.exists("roster.yaml"), "\(example): \(run)")
            return
        }
        let run = try await runner.run(line.words, input: input)
        #expect(run.exitCode == 0, "\(example): \(run)")
        withExtendedLifetime(folder) {}
    }

    /// Starts a server on a free port, asks it once, and stops it.
    private func serve(_ words: [String], _ folder: ScratchFolder, _ program: RosterProgram) async throws {
        var arguments = Array(words.dropFirst())
        if let port = arguments.firstIndex(of: "--port") { arguments.removeSubrange(port...port + 1) }
        let server = try await RunningServer(folder.path, arguments, environment: program.environment)
        #expect(try await server.request("GET", "/livez").status == 200, "\(words)")
        await server.stop()
    }
}
