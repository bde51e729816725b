import Glibc
import Synchronization

/// Reads a line from a terminal that does not show it.
///
/// The terminal's echo is restored before a signal ends or stops the program, and switched off again when the program
/// continues. Only SIGKILL and SIGSTOP cannot be handled.
package struct HiddenTerminalInput: ~Copyable {
    /// The number of bytes from which a line may have lost its end: the kernel drops what exceeds its buffer, and
    /// reports nothing (termios(3), canonical mode).
    package static let uncertainLength = 4_095

    private let descriptor: Int32
    /// Writes the prompt; called again when the program continues after a stop.
    private let prompt: () -> Void
    /// The terminal's settings before the prompt.
    private var shown = termios()
    private let pipe: (reading: Int32, writing: Int32)
    private var former: [(number: Int32, action: sigaction)] = []

    /// The POSIX error number of what went wrong.
    package struct Failure: Error {
        /// The error number.
        package var code: Int32
    }

    /// Reads a line.
    package static func readLine(
        _ descriptor: Int32,
        limit: Int,
        prompt: @escaping () -> Void
    ) throws -> SecretBytes {
        var input = try HiddenTerminalInput(descriptor, prompt)
        input.catchSignals()
        defer { input.finish() }
        guard input.hide() else { throw Failure(code: errno) }
        prompt()
        return try SecretInput.readLine(descriptor, limit: limit) { input.awaitInput() }
    }

    private init(_ descriptor: Int32, _ prompt: @escaping () -> Void) throws {
        self.descriptor = descriptor
        self.prompt = prompt
        guard unsafe tcgetattr(descriptor, &shown) == 0 else { throw Failure(code: errno) }
        var ends: [Int32] = [-1, -1]
        guard unsafe Glibc.pipe(&ends) == 0 else { throw Failure(code: errno) }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        pipe = (ends[0], ends[1])
    }

    // MARK: - The terminal

    /// A Boolean value that indicates whether the program may change the terminal without being stopped, as a background
    /// process would be.
    private var isForeground: Bool { tcgetpgrp(descriptor) == getpgrp() }

    private func hide() -> Bool {
        var quiet = shown
        quiet.c_lflag &= ~tcflag_t(ECHO | ECHONL)
        return unsafe tcsetattr(descriptor, TCSAFLUSH, &quiet) == 0
    }

    /// Restores the terminal, and discards typed characters, which the shell would read otherwise.
    private mutating func show() {
        guard isForeground else { return }
        unsafe tcsetattr(descriptor, TCSAFLUSH, &shown)
    }

    // MARK: - Signals

    /// The end of the pipe that the handler writes to; -1 while no handler is installed.
    private static let pipeEnd = Atomic<Int32>(-1)

    /// The default of these is to do nothing.
    private static let harmless = [SIGCHLD, SIGURG, SIGWINCH]
    private static let stops = [SIGTSTP, SIGTTIN, SIGTTOU]

    /// Installs a handler that writes the number of every signal that would end or stop the program into the pipe.
    private mutating func catchSignals() {
        Self.pipeEnd.store(pipe.writing, ordering: .releasing)
        for number in Int32(1)...64 where !Self.harmless.contains(number) {
            var action = sigaction()
            // SIG_IGN is the address 1: a signal that the parent ignores stays ignored. SIGKILL, SIGSTOP and glibc's
            // own signals cannot be handled.
            guard unsafe sigaction(number, nil, &action) == 0 else { continue }
            let isIgnored = unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
            if !isIgnored || number == SIGCONT, install(number) { former.append((number, action)) }
        }
    }

    private func install(_ number: Int32) -> Bool {
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = { number in
            let code = errno
            var byte = UInt8(truncatingIfNeeded: number)
            _ = unsafe Glibc.write(HiddenTerminalInput.pipeEnd.load(ordering: .acquiring), &byte, 1)
            errno = code
        }
        // A fault of the program recurs as soon as the handler returns: the second time, it ends the program.
        if ProcessHardening.crashSignals.contains(number) { action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) }
        return unsafe sigaction(number, &action, nil) == 0
    }

    /// Returns when there is input, after delivering every signal that arrived.
    private mutating func awaitInput() {
        while true {
            var polled = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: pipe.reading, events: Int16(POLLIN), revents: 0),
            ]
            let count = unsafe poll(&polled, 2, -1)
            guard count > 0 || errno == EINTR else { return }
            if let number = nextSignal() {
                act(on: number)
            } else if count > 0, polled[0].revents != 0 {
                return
            }
        }
    }

    private func nextSignal() -> Int32? {
        var byte: UInt8 = 0
        return unsafe Glibc.read(pipe.reading, &byte, 1) == 1 ? Int32(byte) : nil
    }

    private mutating func act(on number: Int32) {
        if number == SIGCONT {
            // The shell may have set the terminal meanwhile. Without a stop nothing has changed.
            var now = termios()
            guard isForeground, unsafe tcgetattr(descriptor, &now) == 0, now.c_lflag & tcflag_t(ECHO) != 0 else {
                return
            }
            if hide() { prompt() }
            return
        }
        show()
        restore(number)
        // In this thread, where the signal is now unblocked; a thread's default action is the process's.
        var mask = sigset_t()
        unsafe sigemptyset(&mask)
        unsafe sigaddset(&mask, number)
        unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil)
        raise(number)
        // A stopped program continues here, as does one whose other handler did not end it.
        _ = install(number)
        if isForeground, hide() { prompt() }
    }

    private mutating func restore(_ number: Int32) {
        for index in former.indices where former[index].number == number {
            unsafe sigaction(number, &former[index].action, nil)
        }
    }

    /// Restores the terminal and the signal handlers, and delivers signals that arrived meanwhile.
    private mutating func finish() {
        show()
        for index in former.indices { unsafe sigaction(former[index].number, &former[index].action, nil) }
        Self.pipeEnd.store(-1, ordering: .releasing)
        while let number = nextSignal() { if number != SIGCONT { raise(number) } }
        close(pipe.reading)
        close(pipe.writing)
    }
}
