import Glibc

/// The numbers of connections that the limit of open files allows.
struct FileDescriptorBudget {
    /// The number of connections that are served.
    let served: Int
    /// The number of connections that are accepted: a few more, which receive a refusal.
    let accepted: Int
    /// The limit of file descriptors.
    let limit: Int

    /// Divides a limit.
    ///
    /// - Parameters:
    ///   - limit: the limit of file descriptors.
    ///   - used: the number of open descriptors.
    ///   - threads: the number of threads that a reload may use.
    init(limit: Int, used: Int, threads: Int) {
        self.limit = limit
        // A reload has a folder and a file open on each thread, and pipes to git.
        let reserved = max(16 + 4 * threads, min(limit / 8, 128))
        let free = max(1, limit - used - reserved)
        accepted = free
        served = max(1, free - min(8, free / 4))
    }

    /// Divides the limit of this process, less the descriptors that are open.
    static func current(threads: Int) -> FileDescriptorBudget {
        var limit = rlimit()
        let known = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        return FileDescriptorBudget(
            limit: known ? Int(clamping: limit.rlim_cur) : 1024,
            used: openDescriptors ?? 64,
            threads: threads
        )
    }

    /// The number of open descriptors; nil if the system does not list them.
    private static var openDescriptors: Int? {
        guard let folder = unsafe opendir("/proc/self/fd") else { return nil }
        defer { unsafe closedir(folder) }
        var count = 0
        while unsafe readdir(folder) != nil { count += 1 }
        // `.`, `..` and the folder itself.
        return max(0, count - 3)
    }
}
