package import Foundation

/// The built program `roster`, started as a process as a user starts it.
///
/// A test that starts it needs a process of its own: a signal, a terminal, a limit, or another program that calls
/// `roster`. Such tests have the tag `startsProgram`; all others run commands in the process of the tests.
package struct BuiltProgram: ProgramFolder, Sendable {
    package var folder: String
    package var environment: [String: String?]

    /// Names the folder that the program starts in, and the variables to set or, by nil, to remove.
    package init(folder: String, environment: [String: String?] = [:]) {
        self.folder = folder
        self.environment = environment
    }

    /// The path of the program, which is built beside the tests.
    package static let path = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "roster").path

    /// Runs `roster` with arguments, without a terminal.
    package func run(_ arguments: String..., input: Data = Data()) throws -> ProgramRun {
        try run(arguments, input: input)
    }

    /// Runs `roster` with arguments, without a terminal.
    package func run(_ arguments: [String], input: Data = Data()) throws -> ProgramRun {
        try Tools.start(Self.path, arguments, in: folder, environment, input)
    }
}
