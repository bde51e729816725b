import Glibc

/// A blocked process, and the file that it waits for, as Linux shows it in `/proc`.
///
/// See proc(5), `/proc/PID/syscall`.
struct BlockedProcess {
    let id: pid_t

    /// The file that the process is opening or reading; nil when it does something else or cannot be inspected.
    var awaitedFile: String? {
        guard let line = Self.contents(of: "/proc/\(id)/syscall", limit: 512) else { return nil }
        let words = line.split(separator: " ")
        guard words.count > 4, let number = Int(words[0]) else { return nil }
        switch number {
        case Self.openat: return Self.address(words[2]).flatMap(path).map { absolute($0, folder: words[1]) }
        case Self.open: return Self.address(words[1]).flatMap(path).map { absolute($0, folder: nil) }
        // An unnamed pipe is the standard input.
        case Self.read:
            let file = Self.address(words[1]).flatMap { Self.link("/proc/\(id)/fd/\($0)") }
            return file?.hasPrefix("/") == true ? file : nil
        default: return nil
        }
    }

    #if arch(x86_64)
        private static let (read, open, openat) = (0, 2, 257)
    #else
        // The common numbers of newer architectures, which have no open.
        private static let (read, open, openat) = (63, -1, 56)
    #endif

    private static func address(_ word: Substring) -> UInt64? {
        word.hasPrefix("0x") ? UInt64(word.dropFirst(2), radix: 16) : nil
    }

    /// Reads the text at an address of the process.
    private func path(at address: UInt64) -> String? {
        guard let offset = off_t(exactly: address) else { return nil }
        let memory = unsafe Glibc.open("/proc/\(id)/mem", O_RDONLY | O_CLOEXEC)
        guard memory >= 0 else { return nil }
        defer { close(memory) }
        // The page that follows need not be there.
        let count = min(Int(PATH_MAX), 4_096 - Int(address % 4_096))
        var bytes = Self.bytes(memory, count, at: offset)
        if !bytes.contains(0) { bytes += Self.bytes(memory, 4_096, at: offset + off_t(count)) }
        guard let end = bytes.firstIndex(of: 0), end > 0 else { return nil }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }

    private func absolute(_ path: String, folder: Substring?) -> String {
        if path.hasPrefix("/") { return path }
        let descriptor = folder.flatMap { Self.address($0) }.map { Int32(truncatingIfNeeded: $0) }
        let place = descriptor.map { $0 == AT_FDCWD ? "cwd" : "fd/\($0)" } ?? "cwd"
        return Self.link("/proc/\(id)/\(place)").map { $0 + "/" + path } ?? path
    }

    private static func bytes(_ file: Int32, _ count: Int, at offset: off_t) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, got in
            got = max(0, unsafe pread(file, buffer.baseAddress, count, offset))
        }
    }

    private static func contents(of path: String, limit: Int) -> String? {
        let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return String(decoding: bytes(file, limit, at: 0), as: UTF8.self)
    }

    private static func link(_ path: String) -> String? {
        let target = unsafe [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
            let start = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
            guard let start = unsafe start else { return }
            count = max(0, unsafe readlink(path, start, buffer.count))
        }
        return target.isEmpty ? nil : String(decoding: target, as: UTF8.self)
    }
}
