package import Foundation

/// The result of a program that has ended.
package struct ProgramRun: Hashable, Sendable, CustomStringConvertible {
    package var exitCode: Int32
    package var output: String
    package var error: String

    package init(exitCode: Int32, output: String, error: String) {
        self.exitCode = exitCode
        self.output = output
        self.error = error
    }

    package var description: String { "exit code \(exitCode)\n\(output)\n\(error)" }
}

/// Programs of this machine, run in a folder with a clean environment.
package struct Tools: Sendable {
    /// A program that ended with another exit code than 0.
    package struct Failure: Error, CustomStringConvertible {
        package var arguments: [String]
        package var run: ProgramRun

        package var description: String { "\(arguments.joined(separator: " ")): \(run)" }
    }

    /// The folder that programs start in.
    package var folder: String
    /// The variables to set or, by nil, to remove.
    package var environment: [String: String?]

    /// Creates the tools of a folder.
    package init(folder: String, environment: [String: String?] = [:]) {
        self.folder = folder
        self.environment = environment
    }

    /// Runs a program, found on `PATH`, with the identity of a committer.
    ///
    /// - Throws: ``Failure`` when its exit code is not 0.
    @discardableResult
    package func tool(_ arguments: [String], input: Data = Data()) throws -> ProgramRun {
        let environment = Self.committer.merging(self.environment) { $1 }
        let run = try Self.start("/usr/bin/env", arguments, in: folder, environment, input)
        guard run.exitCode == 0 else { throw Failure(arguments: arguments, run: run) }
        return run
    }

    /// Runs a program, found on `PATH`, and accepts every exit code.
    package func start(_ program: String, _ arguments: [String], input: Data = Data()) throws -> ProgramRun {
        try Self.start("/usr/bin/env", [program] + arguments, in: folder, environment, input)
    }

    private static let committer: [String: String?] = [
        "GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.com", "GIT_COMMITTER_NAME": "Test",
        "GIT_COMMITTER_EMAIL": "test@example.com", "GIT_CONFIG_GLOBAL": "/dev/null",
    ]

    /// Returns the environment of this process without what would change the results of tests, and with changes.
    package static func cleanEnvironment(_ changes: [String: String?] = [:]) -> [String: String] {
        let ours = ["GITHUB_ACTIONS", "NO_COLOR", "SOURCE_DATE_EPOCH", "CI"]
        var environment = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("GIT_") && !$0.key.hasPrefix("ROSTER_") && !ours.contains($0.key)
        }
        for (name, value) in changes { environment[name] = value }
        return environment
    }

    /// Runs a program, given by its path, without a terminal.
    package static func start(
        _ program: String,
        _ arguments: [String],
        in folder: String,
        _ changes: [String: String?],
        _ input: Data
    ) throws -> ProgramRun {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = cleanEnvironment(changes)
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
        return ProgramRun(exitCode: process.terminationStatus, output: try text("out"), error: try text("err"))
    }
}
