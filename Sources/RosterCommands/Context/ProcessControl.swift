import Glibc
package import RosterRuntime
package import SealedBoxes
import Synchronization

/// The operations of a command on the process that it runs in.
///
/// A command that runs inside another program leaves that program's process as it is.
package struct ProcessControl: Sendable {
    /// Protects the memory of the process before the first secret is in it.
    package var harden: @Sendable () -> Void
    /// Keeps a value in memory until the process ends.
    ///
    /// A command that is done with a repository of many thousand files would spend a tenth of its time on freeing each
    /// allocation, just before the system frees all of the process's memory.
    package var retain: @Sendable (any Sendable) -> Void
    /// Keeps the process alive when its terminal hangs up, until the server handles the signal.
    package var ignoreHangups: @Sendable () -> Void
    /// A Boolean value that indicates whether a server reloads on `SIGHUP`, and stops on `SIGTERM` and `SIGINT`.
    package var handlesSignals: Bool
    /// Raises the limit of open files to the hard limit, and returns it: a shell gives 1,024.
    package var raiseDescriptorLimit: @Sendable () -> Int
    /// Replaces the process by another program, and returns only when that program cannot be run.
    package var replace:
        @Sendable (
            _ arguments: [String],
            _ environment: borrowing ExecEnvironment,
            _ inherited: EnvironmentVariables
        ) -> any Error

    /// Creates the operations from closures.
    package init(
        harden: @escaping @Sendable () -> Void,
        retain: @escaping @Sendable (any Sendable) -> Void,
        ignoreHangups: @escaping @Sendable () -> Void,
        handlesSignals: Bool,
        raiseDescriptorLimit: @escaping @Sendable () -> Int,
        replace: @escaping @Sendable ([String], borrowing ExecEnvironment, EnvironmentVariables) -> any Error
    ) {
        self.harden = harden
        self.retain = retain
        self.ignoreHangups = ignoreHangups
        self.handlesSignals = handlesSignals
        self.raiseDescriptorLimit = raiseDescriptorLimit
        self.replace = replace
    }

    /// The operations on the process that the program started in.
    static var current: ProcessControl {
        ProcessControl(
            harden: { ProcessHardening.apply() },
            retain: { value in retained.withLock { $0.append(value) } },
            ignoreHangups: { signal(SIGHUP, SIG_IGN) },
            handlesSignals: true,
            raiseDescriptorLimit: {
                var limit = rlimit()
                guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
                limit.rlim_cur = limit.rlim_max
                _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
                return openFileLimit
            },
            replace: { arguments, environment, inherited in
                CommandFailure(
                    ProcessImage.replace(
                        argumentCount: arguments.count,
                        environment: environment,
                        inheriting: inherited
                    )
                )
            }
        )
    }

    /// Operations that leave the process as it is.
    package static let none = ProcessControl(
        harden: {},
        retain: { _ in },
        ignoreHangups: {},
        handlesSignals: false,
        raiseDescriptorLimit: { openFileLimit },
        replace: { _, _, _ in CommandFailure.impossible("this process cannot be replaced") }
    )

    private static let retained = Mutex<[any Sendable]>([])

    private static var openFileLimit: Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        return Int(clamping: limit.rlim_cur)
    }
}

extension CommandFailure {
    fileprivate init(_ failure: ProcessImage.Failure) {
        switch failure {
        case .noProgram: self = .usage("there is no program to run")
        case .notRun(let name, ENOENT): self = .impossible("there is no program \"\(name)\" on PATH")
        case .notRun(let name, EACCES): self = .impossible("\"\(name)\" may not be run")
        case .notRun(let name, ENOEXEC):
            self = .impossible("\"\(name)\" is not a program", help: "a script begins with #!")
        case .notRun(let name, E2BIG): self = .impossible("the arguments of \"\(name)\" are too long")
        case .notRun(let name, let code): self = .cannotRead("\"\(name)\"", errno: code)
        }
    }
}
