import Foundation
import Testing

/// The program as it was built beside these tests, run as a user runs it.
struct BuiltProgram {
    /// What a run gave.
    struct Run {
        var exitCode: Int32
        var output: String
        var error: String
    }

    /// The folder it starts in.
    var folder: String
    /// Variables set or, by nil, taken away.
    var environment: [String: String?] = [:]

    /// Runs `roster` with arguments, without a terminal.
    func run(_ arguments: String..., input: Data = Data()) throws -> Run { try run(arguments, input: input) }

    func run(_ arguments: [String], input: Data = Data()) throws -> Run {
        try Self.start(URL(fileURLWithPath: Self.path), arguments, in: folder, environment, input)
    }

    /// Where the program lies: beside the tests.
    static let path = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "roster").path

    /// Runs another program of the machine's.
    @discardableResult
    func tool(_ arguments: String..., input: Data = Data()) throws -> Run { try tool(arguments, input: input) }

    @discardableResult
    func tool(_ arguments: [String], input: Data = Data()) throws -> Run {
        let git: [String: String?] = [
            "GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.com", "GIT_COMMITTER_NAME": "Test",
            "GIT_COMMITTER_EMAIL": "test@example.com", "GIT_CONFIG_GLOBAL": "/dev/null",
        ]
        let environment = git.merging(self.environment) { $1 }
        let run = try Self.start(URL(fileURLWithPath: "/usr/bin/env"), arguments, in: folder, environment, input)
        try #require(run.exitCode == 0, "\(arguments.joined(separator: " ")): \(run.error)")
        return run
    }

    /// Runs another program of the machine's, whatever comes of it.
    func start(_ program: String, _ arguments: [String]) throws -> Run {
        try Self.start(URL(fileURLWithPath: "/usr/bin/env"), [program] + arguments, in: folder, environment, Data())
    }

    private static func start(
        _ program: URL,
        _ arguments: [String],
        in folder: String,
        _ changes: [String: String?],
        _ input: Data
    ) throws -> Run {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let ours = ["GITHUB_ACTIONS", "NO_COLOR", "SOURCE_DATE_EPOCH", "CI"]
        var environment = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("GIT_") && !$0.key.hasPrefix("ROSTER_") && !ours.contains($0.key)
        }
        for (name, value) in changes { environment[name] = value }
        process.environment = environment
        // Files, not pipes: neither stream can fill up while the other is read.
        let scratch = FileManager.default.temporaryDirectory.appending(path: "roster-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        var handles: [FileHandle] = []
        for name in ["in", "out", "err"] {
            let url = scratch.appending(path: name)
            try (name == "in" ? input : Data()).write(to: url)
            handles.append(try name == "in" ? FileHandle(forReadingFrom: url) : FileHandle(forWritingTo: url))
        }
        process.standardInput = handles[0]
        process.standardOutput = handles[1]
        process.standardError = handles[2]
        try process.run()
        process.waitUntilExit()
        func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: scratch.appending(path: name)), as: UTF8.self)
        }
        return Run(exitCode: process.terminationStatus, output: try text("out"), error: try text("err"))
    }
}

/// A folder of a test's own, which goes with it.
final class ScratchFolder {
    let path: String
    /// Another folder that is needed as long as this one.
    var companion: ScratchFolder?

    init() throws {
        path =
            FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "roster-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        let url = URL(fileURLWithPath: path).appending(path: name)
        let folder = url.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path).appending(path: name)), as: UTF8.self)
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }

    /// A repository with one project and one provider, both right.
    static func repository() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try folder.write(
            "roster.yaml",
            "roster: 1\nprojects:\n  acme:\n    id: proj_V1StGXR8Z5jdHi6B\n    name: Acme\n"
        )
        try folder.write("providers/acme/local.yaml", provider)
        return folder
    }

    static let provider = """
        id: aip_5mLd1oQaRw7yXz2B
        name: Local model
        provider: ollama
        defaultModel: llama3.2

        """
}
