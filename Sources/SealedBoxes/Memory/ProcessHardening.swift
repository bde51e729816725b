import CLibSodium
import Glibc

/// Keeps the memory of a process that opens secrets out of other hands.
package enum ProcessHardening {
    /// Forbids core dumps and, to processes of the same user, reading the memory.
    ///
    /// To be called before the first secret is opened.
    package static func apply() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        _ = roster_forbid_dumps()
    }
}
