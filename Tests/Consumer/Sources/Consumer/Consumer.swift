import Foundation
import RosterBackend
import RosterCompiler
import RosterDiagnostics
import RosterModel
import RosterRuntime
import RosterSources

/// Uses each library product once, as a program outside this repository would.
@main
struct Consumer {
    /// Compiles the repository in a folder, then makes a request with an identity that opens its secrets.
    static func main() async throws {
        guard CommandLine.arguments.count == 3 else { fail("usage: consumer FOLDER IDENTITY-FILE") }
        let document = try await compile(CommandLine.arguments[1])

        let scratch = FileManager.default.temporaryDirectory.appending(path: "consumer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let file = scratch.appending(path: "registry.json")
        try Data(document).write(to: file)
        let registry = try await RegistryDecoder.decode([UInt8](Data(contentsOf: file)))
        guard RegistryEncoder.encode(registry) == document else { fail("the registry changed in a round trip") }
        list(registry)

        // A file that git checks out can be read by all users, and is refused.
        let identity = scratch.appending(path: "identity").path
        let key = try Data(contentsOf: URL(fileURLWithPath: CommandLine.arguments[2]))
        let isCreated = FileManager.default.createFile(
            atPath: identity,
            contents: key,
            attributes: [.posixPermissions: 0o600]
        )
        guard isCreated else { fail("\(identity) cannot be written") }
        let text = try await answer(to: "ping", registry: document, identity: identity) { request in
            print("\(request.method) \(request.url)")
            guard request.carriesKey, !"\(request)".contains("Bearer") else { fail("the request shows its key") }
            let body = #"{"choices": [{"message": {"role": "assistant", "content": "pong"}}]}"#
            return ProviderAnswer(status: 200, headers: [("content-type", "application/json")], body: Array(body.utf8))
        }
        guard text == "pong" else { fail("the answer is \(text)") }

        try await showDiagnostics()
    }

    /// Returns the registry document of a folder.
    private static func compile(_ folder: String) async throws -> [UInt8] {
        let compiled = try await compiler.analyze(WorkingTree(root: folder))
        guard let registry = compiled.registry(history: .modificationTimes) else {
            fail(compiled.diagnostics.map(\.message).joined(separator: "\n"))
        }
        return RegistryEncoder.encode(registry)
    }

    private static func list(_ registry: Registry) {
        for provider in registry.providers {
            print("\(provider.source.path): \(provider.slug) \(provider.defaultModel)")
        }
        guard !registry.providers.isEmpty else { fail("the registry has no providers") }
    }

    /// Prints the diagnostics of a tree in memory, which has an error.
    private static func showDiagnostics() async throws {
        let roster = "roster: 1\nprojects:\n  acme: {id: proj_V1StGXR8Z5jdHi6B, name: Acme}\n"
        let provider = "id: aip_V1StGXR8Z5jdHi6B\nname: One\nprovider: opena\ndefaultModel: gpt-5.6\n"
        let tree = MemoryTree([
            ("roster.yaml", Array(roster.utf8)), ("providers/acme/one.yaml", Array(provider.utf8)),
        ])
        let checked = try await compiler.analyze(tree)
        let report = Report(
            diagnostics: checked.diagnostics,
            files: checked.paths,
            summary: checked.summary,
            rules: RuleCatalogue.descriptions,
            toolVersion: "1.0"
        )
        print(render(report, as: .text))
        guard checked.diagnostics.map(\.rule) == ["unknown-provider-slug"] else { fail("the error was not found") }
    }

    private static var compiler: Compiler {
        Compiler(Compiler.Options(today: CalendarDate(daysSince1970: Int64(Date().timeIntervalSince1970) / 86_400)))
    }

    private static func fail(_ message: String) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(1)
    }
}
