import Foundation
import RosterTestSupport
import Testing

/// Crashes of a process that has a key in its memory.
@Suite("Commands: crashes", .tags(.startsProgram))
struct CrashTests {
    private static let signals = [SIGILL, SIGSEGV, SIGBUS, SIGFPE, SIGTRAP, SIGABRT, SIGQUIT]

    @Test("A crash prints no memory for any value of SWIFT_BACKTRACE", arguments: signals)
    func printsNoMemoryOnCrash(number: Int32) async throws {
        let server = try RecordingServer(answers: #"{"*": [{"delay": 60}]}"#)
        let repository = try await RuntimeRepository.at(server)
        let run = try started(["ping", "acme/openai"], repository) { _ in try !server.records().isEmpty }
        #expect(try run.handled().isDisjoint(with: Self.signals))
        #expect(try run.limits().contains { $0.hasPrefix("Max core file size") && $0.split(separator: " ")[4] == "0" })
        #expect(try run.end(number) == "")
    }

    @Test(
        "No crash handler is installed while a value is sealed or an identity is created",
        arguments: [["secret", "set", "acme/new", "--host", "a.example.org"], ["secret", "set", "acme/key"]]
    )
    func sealing(arguments: [String]) async throws {
        let repository = try await RuntimeRepository()
        try await repository.seal()
        let run = try started(arguments, repository) { input in
            // The program has read the first byte of the value, and waits for the rest.
            var left: Int32 = 1
            return ioctl(input.fileHandleForWriting.fileDescriptor, UInt(FIONREAD), &left) == 0 && left == 0
        }
        #expect(try run.handled().isDisjoint(with: Self.signals))
        #expect(try run.end(SIGSEGV) == "")
    }

    /// A program that waits for input.
    private struct Waiting {
        let process: Process
        let output: ScratchFolder
        let input: Pipe

        /// The signals that the process has handlers for.
        func handled() throws -> Set<Int32> {
            let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") })
            let mask = try #require(UInt64(line.split(separator: "\t")[1], radix: 16))
            return Set((1...64).filter { mask >> ($0 - 1) & 1 == 1 }.map(Int32.init))
        }

        func limits() throws -> [Substring] {
            try String(contentsOfFile: "/proc/\(process.processIdentifier)/limits", encoding: .utf8)
                .split(separator: "\n")
        }

        /// Sends a signal that must terminate the process, and returns its output.
        func end(_ number: Int32) throws -> String {
            kill(process.processIdentifier, number)
            process.waitUntilExit()
            #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == number)
            return try output.read("out")
        }
    }

    /// Starts the program with one byte of input, and waits until a condition holds.
    private func started(
        _ arguments: [String],
        _ repository: RuntimeRepository,
        until condition: (Pipe) throws -> Bool
    ) throws -> Waiting {
        let folder = try ScratchFolder()
        try folder.write("out", "")
        let file = try #require(FileHandle(forWritingAtPath: folder.path + "/out"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: repository.folder.path)
        var environment = ProcessInfo.processInfo.environment
        for (name, value) in repository.program.environment { environment[name] = value }
        environment["SWIFT_BACKTRACE"] = "enable=yes,color=no,interactive=no,output-to=stderr"
        process.environment = environment
        let input = Pipe()
        try input.fileHandleForWriting.write(contentsOf: Data("K".utf8))
        process.standardInput = input
        process.standardOutput = file
        process.standardError = file
        try process.run()
        var attempts = 0
        while attempts < 600, try !condition(input) {
            attempts += 1
            usleep(50_000)
        }
        #expect(attempts < 600, "it does not wait")
        return Waiting(process: process, output: folder, input: input)
    }
}
