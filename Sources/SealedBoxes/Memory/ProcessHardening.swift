import CLibSodium
import Glibc

/// Protects the memory of a process that opens secrets.
package enum ProcessHardening {
    /// Forbids core dumps, access to the memory by processes of the same user, and crash reports that print memory.
    ///
    /// Call it before the first secret is read or opened.
    package static func apply() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        _ = roster_forbid_dumps()
        removeCrashHandlers()
    }

    /// The signals of a crash, and the one that requests a core dump.
    package static let crashSignals = [SIGILL, SIGSEGV, SIGBUS, SIGFPE, SIGTRAP, SIGABRT, SIGQUIT]

    /// Swift's backtraces print the memory at each register, and `SWIFT_BACKTRACE` may be set by others.
    ///
    /// An ignored signal prints nothing and remains ignored.
    private static func removeCrashHandlers() {
        for number in crashSignals {
            var action = sigaction()
            guard unsafe sigaction(number, nil, &action) == 0 else { continue }
            // SIG_IGN is the address 1.
            let isIgnored = unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
            if !isIgnored { signal(number, SIG_DFL) }
        }
        // The alternate stack of the handlers, which belongs to the calling thread.
        var stack = unsafe stack_t()
        unsafe stack.ss_flags = Int32(SS_DISABLE)
        _ = unsafe sigaltstack(&stack, nil)
    }
}
