import Glibc
import RosterModel
import YAMLSyntax

/// The files as they lie in a folder of the file system.
///
/// Folders are opened one by one from the root, and files relative to their folder's descriptor, never through a link;
/// a pipe in a file's place does not block.
public struct WorkingTree: SourceTree {
    private let root: String
    private let asksForTimes: Bool

    /// Makes the tree of a folder that exists; without times, its files come with no modification time, and quicker.
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
        // Each part kept to the limit by itself; together they do now, as if they had been listed one after another.
        var count = 0
        return listed.map { result in
            guard count <= limit else { return .success([]) }
            count += (try? result.get().count) ?? 0
            return result
        }
    }

    /// Enough to be worth a task.
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

    /// Nearly every file has fewer bytes, and comes with one call.
    private static let usualSize = 16 * 1024

    /// Takes the descriptor over.
    private static func entries(of descriptor: Int32) throws(TreeFailure) -> [TreeEntry] {
        guard let stream = unsafe fdopendir(descriptor) else {
            let code = errno
            close(descriptor)
            throw TreeFailure(errno: code)
        }
        defer { unsafe closedir(stream) }
        // Names are put in order as the bytes that they are, in one buffer, before strings are made of them.
        var names: [UInt8] = []
        var found: [(name: ByteSpan, kind: TreeEntry.Kind)] = []
        errno = 0
        while let entry = unsafe readdir(stream) {
            let start = names.count
            unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                let bytes = unsafe UnsafeRawPointer(name)
                let length = unsafe strlen(bytes.assumingMemoryBound(to: CChar.self))
                unsafe names.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: length))
            }
            let name = ByteSpan(start..<names.count)
            guard !Self.isDots(names[name.range]) else { continue }
            found.append((name, unsafe kind(of: names[name.range], type: entry.pointee.d_type, in: descriptor)))
            errno = 0
        }
        guard errno == 0 else { throw TreeFailure(errno: errno) }
        unsafe names.withUnsafeBytes { names in
            found.sort { one, other in
                let length = min(one.name.length, other.name.length)
                guard let start = names.baseAddress else { return false }
                let order = unsafe memcmp(start + Int(one.name.start), start + Int(other.name.start), length)
                return order == 0 ? one.name.length < other.name.length : order < 0
            }
        }
        return found.map { entry in
            TreeEntry(name: String(decoding: names[entry.name.range], as: UTF8.self), kind: entry.kind)
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
            // Some file systems do not say; then the file itself must be asked.
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
        // The name is lent as it is; handed over as an argument it would be copied first.
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

    /// The bytes of a file that was regular when it was listed and is not large; nil when a closer look is needed.
    private static func wholeFile(
        _ descriptor: Int32,
        limit: Int,
        _ scratch: UnsafeMutableRawBufferPointer
    ) -> [UInt8]? {
        let got = unsafe Glibc.pread(descriptor, scratch.baseAddress, scratch.count, 0)
        // A regular file gives less than was asked for at its end alone; what has no positions gives nothing.
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
        // One byte more than the file has, so that a file that is growing is seen.
        let capacity = Int(status.st_size) + 1
        var failure: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            while count < capacity {
                let got = unsafe Glibc.read(descriptor, buffer.baseAddress.map { unsafe $0 + count }, capacity - count)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = errno }
                guard got > 0 else { return }
                count += got
                // A regular file gives all it has in one call; only a short one needs another to be sure of its end.
                if count == Int(status.st_size) { return }
            }
        }
        guard failure == 0 else { return .unreadable(TreeFailure(errno: failure)) }
        return .contents(bytes, modified: Int64(status.st_mtim.tv_sec))
    }
}

extension TreeFailure {
    /// The failure that a system call left in `errno`.
    package init(errno code: Int32) {
        let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        self.init(code: code, reason: reason.lowercased(), isMissing: code == ENOENT || code == ENOTDIR)
    }
}
