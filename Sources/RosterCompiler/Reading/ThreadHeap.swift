import Glibc

/// The heap that glibc gives a thread, other than the main one's.
enum ThreadHeap {
    /// Less than what glibc maps by itself, and than what it gives back at once.
    private static let step = 96 * 1024

    /// Makes room for many small pieces that are about to be allocated.
    ///
    /// Such a heap grows by the page, with a system call each that holds up every other thread's page faults. A larger
    /// piece, taken and given back, makes it grow by as much at once; no memory is touched by that.
    static func reserve() {
        var piece: UnsafeMutableRawPointer?
        // A plain `malloc` whose result is freed at once would be left out by the optimizer.
        if unsafe posix_memalign(&piece, 16, step) == 0 { unsafe free(piece) }
    }
}
