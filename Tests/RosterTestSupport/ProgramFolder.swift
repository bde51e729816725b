package import Foundation

/// A way to run `roster` in a folder, and other programs beside it.
package protocol ProgramFolder {
    /// The folder that programs start in.
    var folder: String { get }
    /// The variables to set or, by nil, to remove.
    var environment: [String: String?] { get }
}

extension ProgramFolder {
    private var tools: Tools { Tools(folder: folder, environment: environment) }

    /// Runs another program with the identity of a committer.
    ///
    /// - Throws: ``Tools/Failure`` when its exit code is not 0.
    @discardableResult
    package func tool(_ arguments: String..., input: Data = Data()) throws -> ProgramRun {
        try tools.tool(arguments, input: input)
    }

    /// Runs another program with the identity of a committer.
    ///
    /// - Throws: ``Tools/Failure`` when its exit code is not 0.
    @discardableResult
    package func tool(_ arguments: [String], input: Data = Data()) throws -> ProgramRun {
        try tools.tool(arguments, input: input)
    }

    /// Runs another program and accepts every exit code.
    package func start(_ program: String, _ arguments: [String]) throws -> ProgramRun {
        try tools.start(program, arguments)
    }
}
