import Foundation
import RosterTestSupport
import Testing

extension Tag {
    /// The tag of tests that start the built program; `scripts/started-tests` counts them.
    @Tag static var startsProgram: Self
}

/// The built program `roster`, started as a process as a user starts it.
///
/// Only tests that need a separate process start it: for a signal, a terminal, a limit, or another program that calls
/// `roster`. All other tests run commands in the test process with ``RosterProgram``, which is faster.
struct BuiltProgram: ProgramFolder {
    var folder: String
    var environment: [String: String?] = [:]

    /// The path of the program, which is built in the same folder as the tests.
    ///
    /// Records an issue in a test without the tag `startsProgram`.
    static var path: String {
        if let test = Test.current, !test.tags.contains(.startsProgram) {
            Issue.record("\(test.name) starts the program, and does not have the tag startsProgram")
        }
        return location
    }

    private static let location = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "roster").path

    /// Runs `roster` with arguments, without a terminal.
    func run(_ arguments: String..., input: Data = Data()) throws -> ProgramRun { try run(arguments, input: input) }

    /// Runs `roster` with arguments, without a terminal.
    func run(_ arguments: [String], input: Data = Data()) throws -> ProgramRun {
        try Tools.start(Self.path, arguments, in: folder, environment, input)
    }
}
