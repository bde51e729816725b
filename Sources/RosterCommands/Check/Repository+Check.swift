import Glibc
import RosterCompiler

/// The processors that this process may use.
var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

extension Repository {
    /// Checks the working tree, or a revision.
    func check(_ compiler: Compiler, revision: String?, progress: ProgressLine) async throws -> Checked {
        do {
            defer { progress.clear() }
            return try await compiler.check(WorkingTree(root: root), progress: progress.show)
        } catch let error as CompilerError {
            throw CommandFailure(error, root: root)
        }
    }
}

extension CommandFailure {
    init(_ error: CompilerError, root: String) {
        switch error {
        case .noRoster:
            self = .impossible("there is no roster.yaml in \(root)", help: "make one: roster init")
        case .unreadableRepository(let failure):
            self = .impossible("\(root) cannot be read: \(failure.reason)")
        }
    }
}
