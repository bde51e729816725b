import Glibc
import RosterModel

/// The files in a folder of the file system.
///
/// Folders are opened component by component from the root, and files relative to their folder's descriptor, never
/// through a link; opening a pipe does not block.
public struct WorkingTree: SourceTree {
    private let root: String
    private let asksForTimes: Bool

    /// Creates the tree of an existing folder; without times, files have no modification time and are read faster.
    public init(root: String, asksForTimes: Bool = true) {
        self.root = root
        self.asksForTimes = asksForTimes
    }

    /// See ``SourceTree/list(_:limit:)``.
    public func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>] {
        guard folders.count > Self.foldersPerTask else { return list(folders[...], limit: limit) }
        let parts = stride(from: 0, to: folders.count, by: Self.foldersPerTask).map { start in
            folders[start..<min(start + Self.foldersPerTask, folders.count)]
        }
        let listed = await withTaskGroup { group in
            for part in parts { group.addTask { (part.startIndex, list(part, limit: limit)) } }
            var listed: [Int: [Result<[TreeEntry], TreeFailure>]] = [:]
            for await (start, results) in group { listed[start] = results }
            return parts.flatMap { listed[$0.startIndex] ?? [] }
        }
        // Each part respects the limit on its own; this applies it to the whole, as a sequential listing would.
        var count = 0
        return listed.map { result in
            guard count <= limit else { return .success([]) }
            count += (try? result.get().count) ?? 0
            return result
        }
    }

    /// The number of folders that is worth a task.
    private static let foldersPerTask = 16

    private func list(_ folders: ArraySlice<TreeFolder>, limit: Int) -> [Result<[TreeEntry], TreeFailure>] {
        var opener = FolderOpener(root: root)
        var count = 0
        var listed: [Result<[TreeEntry], TreeFailure>] = []
        listed.reserveCapacity(folders.count)
        for folder in folders {
            guard count <= limit else {
                listed.append(.success([]))
                continue
            }
            do throws(TreeFailure) {
                let entries = try Self.entries(of: try opener.open(folder.path))
                count += entries.count
                listed.append(.success(entries))
            } catch {
                listed.append(.failure(error))
            }
        }
        return listed
    }

    /// See ``SourceTree/read(_:receive:)``.
    public func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws {
        unsafe withUnsafeTemporaryAllocation(byteCount: Self.usualSize, alignment: 1) { scratch in
            var opener = FolderOpener(root: root)
            var index = files.startIndex
            while index < files.endIndex {
                let folder = files[index].folder
                let end = files[index...].firstIndex { $0.folder != folder } ?? files.endIndex
                do throws(TreeFailure) {
                    let descriptor = try opener.open(folder)
                    defer { close(descriptor) }
                    for file in index..<end { receive(file, unsafe read(files[file], in: descriptor, scratch)) }
                } catch {
                    for file in index..<end { receive(file, .unreadable(error)) }
                }
                index = end
            }
        }
    }

    /// See ``SourceTree/target(ofLink:)``.
    public func target(ofLink link: TreeFile) async throws -> [UInt8]? {
        var opener = FolderOpener(root: root)
        guard let folder = try? opener.open(link.folder) else { return nil }
        defer { close(folder) }
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let count = unsafe readlinkat(folder, link.name, start, buffer.count)
            // A target that fills the buffer was cut.
            guard count >= 0, count < buffer.count else { return nil }
            return unsafe buffer[..<count].map { UInt8(bitPattern: $0) }
        }
    }

    /// A size that nearly every file is below, so that one system call reads it.
    private static let usualSize = 16 * 1024

    /// Reads the entries of a folder and closes its descriptor.
    private static func entries(of descriptor: Int32) throws(TreeFailure) -> [TreeEntry] {
        guard let stream = unsafe fdopendir(descriptor) else {
            let code = errno
            close(descriptor)
            throw TreeFailure(errno: code)
        }
        defer { unsafe closedir(stream) }
        // Names are sorted as bytes, in one buffer, before they become strings.
        var names: [UInt8] = []
        var found: [(name: Range<Int>, kind: TreeEntry.Kind)] = []
        errno = 0
        while let entry = unsafe readdir(stream) {
            let start = names.count
            unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                let bytes = unsafe UnsafeRawPointer(name)
                let length = unsafe strlen(bytes.assumingMemoryBound(to: CChar.self))
                unsafe names.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: length))
            }
            let name = start..<names.count
            guard !Self.isDots(names[name]) else { continue }
            found.append((name, unsafe kind(of: names[name], type: entry.pointee.d_type, in: descriptor)))
            errno = 0
        }
        guard errno == 0 else { throw TreeFailure(errno: errno) }
        unsafe names.withUnsafeBytes { names in
            found.sort { one, other in
                let length = min(one.name.count, other.name.count)
                guard let start = names.baseAddress else { return false }
                let order = unsafe memcmp(start + one.name.lowerBound, start + other.name.lowerBound, length)
                return order == 0 ? one.name.count < other.name.count : order < 0
            }
        }
        return found.map { entry in
            TreeEntry(name: String(decoding: names[entry.name], as: UTF8.self), kind: entry.kind)
        }
    }

    private static func isDots(_ name: ArraySlice<UInt8>) -> Bool {
        name.count <= 2 && name.allSatisfy { $0 == UInt8(ascii: ".") }
    }

    private static func kind(of name: ArraySlice<UInt8>, type: UInt8, in folder: Int32) -> TreeEntry.Kind {
        switch Int(type) {
        case DT_REG: return .file
        case DT_DIR: return .folder
        case DT_LNK: return .symbolicLink
        case DT_UNKNOWN:
            // Some file systems do not report the type; then the file itself is inspected.
            var status = stat()
            let name = String(decoding: name, as: UTF8.self)
            guard unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return .special }
            switch status.st_mode & S_IFMT {
            case S_IFREG: return .file
            case S_IFDIR: return .folder
            case S_IFLNK: return .symbolicLink
            default: return .special
            }
        default: return .special
        }
    }

    private func read(
        _ file: TreeFile,
        in folder: Int32,
        _ scratch: UnsafeMutableRawBufferPointer
    ) -> FileReading {
        // Passing the string as an argument would copy it first.
        let descriptor = unsafe file.name.withCString { name in
            unsafe openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        }
        guard descriptor >= 0 else {
            return errno == ELOOP || errno == ENXIO ? .notRegular : .unreadable(TreeFailure(errno: errno))
        }
        defer { close(descriptor) }
        if !asksForTimes, let bytes = unsafe Self.wholeFile(descriptor, limit: file.limit, scratch) {
            return .contents(bytes, modified: nil)
        }
        return Self.read(descriptor, limit: file.limit)
    }

    /// Returns the bytes of a small file that was regular when it was listed; nil when it must be inspected.
    private static func wholeFile(
        _ descriptor: Int32,
        limit: Int,
        _ scratch: UnsafeMutableRawBufferPointer
    ) -> [UInt8]? {
        let got = unsafe Glibc.pread(descriptor, scratch.baseAddress, scratch.count, 0)
        // A short read of a regular file means its end; a file without positions fails.
        guard got >= 0, got < scratch.count, got <= limit else { return nil }
        return unsafe [UInt8](unsafeUninitializedCapacity: got) { buffer, count in
            if let source = scratch.baseAddress, let target = buffer.baseAddress { unsafe memcpy(target, source, got) }
            count = got
        }
    }

    private static func read(_ descriptor: Int32, limit: Int) -> FileReading {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return .unreadable(TreeFailure(errno: errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .notRegular }
        guard status.st_size <= limit else { return .tooLarge }
        // One byte more than the size, to detect a growing file.
        let capacity = Int(status.st_size) + 1
        var failure: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            while count < capacity {
                let got = unsafe Glibc.read(descriptor, buffer.baseAddress.map { unsafe $0 + count }, capacity - count)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = errno }
                guard got > 0 else { return }
                count += got
                // A regular file is read by one call; only a short read needs another to confirm the end.
                if count == Int(status.st_size) { return }
            }
        }
        guard failure == 0 else { return .unreadable(TreeFailure(errno: failure)) }
        return .contents(bytes, modified: Int64(status.st_mtim.tv_sec))
    }
}

extension TreeFailure {
    /// Creates a failure from the `errno` of a system call.
    package init(errno code: Int32) {
        let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        self.init(code: code, reason: reason.lowercased(), isMissing: code == ENOENT || code == ENOTDIR)
    }
}
