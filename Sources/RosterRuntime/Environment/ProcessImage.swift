import Glibc
package import SealedBoxes

/// Replaces the process by another program.
package enum ProcessImage {
    /// The reason why a program cannot be run.
    package enum Failure: Error, Hashable, Sendable {
        /// The process has no argument that names a program.
        case noProgram
        /// The POSIX error number for a program, by its name.
        case notRun(name: String, code: Int32)
    }

    /// The handling of signals before the program changes it.
    package struct Signals: Sendable {
        /// The handling that ``noteAtStart()`` found.
        static let atStart = Signals()

        /// Records the handling of signals; called first on the main thread, since each thread has a mask, and that of the
        /// main thread changes once other threads do its work.
        package static func noteAtStart() { _ = atStart }

        private var pipe = sigaction()
        private var blocked = sigset_t()

        /// Records the present handling.
        private init() {
            unsafe sigaction(SIGPIPE, nil, &pipe)
            unsafe pthread_sigmask(SIG_BLOCK, nil, &blocked)
        }

        /// Restores the recorded handling.
        mutating func restore() {
            unsafe sigaction(SIGPIPE, &pipe, nil)
            unsafe pthread_sigmask(SIG_SETMASK, &blocked, nil)
        }
    }

    /// Runs the program that the last `argumentCount` arguments of this one name; returns only when it cannot be run.
    ///
    /// The arguments are passed on byte for byte.
    package static func replace(
        argumentCount: Int,
        environment: borrowing ExecEnvironment,
        inheriting variables: EnvironmentVariables
    ) -> Failure {
        let first = ProcessArguments.count - argumentCount
        guard first > 0, let name = unsafe ProcessArguments.pointers[first] else {
            return .noProgram
        }
        let candidates = unsafe paths(of: Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1)), variables)
        closeOnExec()
        var signals = Signals.atStart
        signals.restore()
        let code = unsafe variables.withPointers { inherited in
            unsafe environment.withPointers(inheriting: inherited) { unsafe execute(candidates, first, $0) }
        }
        return unsafe .notRun(name: String(cString: name), code: code)
    }

    /// Tries each path of a program, and returns the POSIX error number that is worth reporting.
    private static func execute(
        _ candidates: [[CChar]],
        _ first: Int,
        _ environment: UnsafePointer<UnsafeMutablePointer<CChar>?>
    ) -> Int32 {
        var result = ENOENT
        for path in candidates {
            unsafe execve(path, ProcessArguments.pointers + first, environment)
            // A folder of PATH that cannot be searched does not hide the folders after it.
            if errno != ENOENT && errno != ENOTDIR { result = errno }
            if errno == ENOEXEC { break }
        }
        return result
    }

    /// Returns the paths at which a program can be, given its name with a NUL at the end.
    private static func paths(of name: [CChar], _ variables: EnvironmentVariables) -> [[CChar]] {
        let slash = CChar(UInt8(ascii: "/"))
        guard !name.contains(slash) else { return [name] }
        let path = unsafe variables.withValue(of: "PATH") { value in
            unsafe value.map { unsafe Array(UnsafeBufferPointer(start: $0, count: strlen($0))) }
        }
        let folders = path ?? "/usr/local/bin:/bin:/usr/bin".utf8.map { CChar($0) }
        return folders.split(separator: CChar(UInt8(ascii: ":")), omittingEmptySubsequences: false).map {
            $0.isEmpty ? name : Array($0) + [slash] + name
        }
    }

    /// Sets every descriptor but the three standard ones to be closed when the program starts.
    private static func closeOnExec() {
        guard let folder = unsafe opendir("/proc/self/fd") else {
            for descriptor in 3..<min(65_536, Int32(clamping: sysconf(Int32(_SC_OPEN_MAX)))) {
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            }
            return
        }
        defer { unsafe closedir(folder) }
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let descriptor = Int32(name), descriptor > STDERR_FILENO { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        }
    }
}
