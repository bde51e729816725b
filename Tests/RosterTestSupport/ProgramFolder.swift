package import Foundation

/// A way to run `roster` and other programs in a folder.
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

    /// Runs another program that may call the test process: tasks continue while it runs.
    ///
    /// - Throws: ``Tools/Failure`` when its exit code is not 0.
    @discardableResult
    package func toolInBackground(_ arguments: String...) async throws -> ProgramRun {
        let tools = tools
        return try await onSeparateThread { try tools.tool(arguments) }
    }

    /// Runs another program that may call the test process, and accepts every exit code.
    package func startInBackground(_ program: String, _ arguments: [String]) async throws -> ProgramRun {
        let tools = tools
        return try await onSeparateThread { try tools.start(program, arguments) }
    }
}

/// Runs blocking work on a separate thread, and suspends the task until it is done.
///
/// There are as few threads for tasks as processors. When all of them wait for programs that call the process of the tests,
/// the calls are never answered.
private func onSeparateThread<Result: Sendable>(
    _ work: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Swift.Result { try work() }) }
    }
}
