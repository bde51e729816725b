import Dispatch
import Glibc
import Synchronization

/// A watch for changes of files in folders, by inotify of Linux.
///
/// Source: inotify(7)
package final class FolderWatch: Sendable {
    /// The changes that were noticed.
    package struct Changes: Sendable {
        /// Paths, as the watched folders name them.
        package var paths: Set<String> = []
        /// A Boolean value that indicates whether any file may have changed: events were lost, or a folder was added or removed.
        package var isAnything = false
        /// A Boolean value that indicates whether a reference of git changed.
        package var isReference = false
        /// A Boolean value that indicates whether the changes are complete, so that more are not waited for.
        var isComplete = false

        package var isEmpty: Bool { paths.isEmpty && !isAnything && !isReference }

        mutating func formUnion(_ other: Changes) {
            paths.formUnion(other.paths)
            isAnything = isAnything || other.isAnything
            isReference = isReference || other.isReference
            isComplete = isComplete || other.isComplete
        }
    }

    private struct State {
        var folders: [Int32: [WatchedFolder]] = [:]
        var changes = Changes()
    }

    private let descriptor: Int32
    private let state = Mutex(State())
    private let events: AsyncStream<Void>.Continuation
    /// The source of events of the descriptor; nil when no folder can be watched.
    private let source = Mutex<(any DispatchSourceRead)?>(nil)
    /// A stream with an element after changes; one element can stand for several changes.
    package let stream: AsyncStream<Void>

    /// Creates a watch without folders.
    ///
    /// Returns nil when the system has no inotify instance left.
    package convenience init?() {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        self.init(descriptor: descriptor)
        source.withLock { source in
            let queue = DispatchQueue(label: "roster.watch")
            let new = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
            // After the last event: the next watch may have the same descriptor.
            new.setCancelHandler { close(descriptor) }
            new.setEventHandler { [weak self] in self?.readEvents() }
            new.resume()
            source = new
        }
    }

    /// Returns a watch that notices no change of any folder, and can only be woken.
    static func withoutFolders() -> FolderWatch { FolderWatch(descriptor: -1) }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
        (stream, events) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    deinit { source.withLock { $0?.cancel() } }

    private static let entryMask =
        IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR

    /// Returns the events of a folder; those that another use of the same folder needs are kept.
    ///
    /// A folder such as `/tmp` on the path of a file would otherwise report every write of every program.
    private static func mask(of meaning: WatchedFolder.Meaning) -> UInt32 {
        let contents = meaning == .entry ? 0 : IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB
        return UInt32(entryMask | contents) | UInt32(IN_MASK_ADD)
    }

    /// Replaces the watched folders; folders that do not exist are ignored.
    ///
    /// - Returns: whether a folder was added, in which a file may have changed before.
    package func watch(_ folders: [WatchedFolder]) -> Bool {
        state.withLock { state in
            var wanted: [Int32: [WatchedFolder]] = [:]
            for folder in folders {
                let watch = unsafe inotify_add_watch(descriptor, folder.path, Self.mask(of: folder.meaning))
                if watch >= 0 { wanted[watch, default: []].append(folder) }
            }
            for watch in state.folders.keys where wanted[watch] == nil { inotify_rm_watch(descriptor, watch) }
            let hasNew = wanted.contains { state.folders[$0.key] != $0.value }
            state.folders = wanted
            return hasNew
        }
    }

    /// Returns the changes since the last call.
    package func takeChanges() -> Changes {
        state.withLock { state in
            defer { state.changes = Changes() }
            return state.changes
        }
    }

    /// Requests a load of all files, without waiting for further changes when these are complete.
    func wake(isComplete: Bool = false) {
        state.withLock { state in
            state.changes.isAnything = true
            if isComplete { state.changes.isComplete = true }
        }
        events.yield()
    }

    private func readEvents() {
        let size = 64 * 1024
        var isNews = false
        while true {
            var length = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                length = unsafe read(descriptor, buffer.baseAddress, size)
                count = max(0, length)
            }
            guard length > 0 else { break }
            isNews = state.withLock { note(bytes, &$0) } || isNews
        }
        if isNews { events.yield() }
    }

    /// Records the events of one read: each is four words, and a name padded with zeros.
    private func note(_ bytes: [UInt8], _ state: inout State) -> Bool {
        func word(_ offset: Int) -> UInt32 {
            bytes[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        var isNews = false
        var offset = 0
        while offset + 16 <= bytes.count {
            let (watch, mask) = (Int32(bitPattern: word(offset)), word(offset + 4))
            let nameEnd = min(bytes.count, offset + 16 + Int(word(offset + 12)))
            let name = String(decoding: bytes[offset + 16..<nameEnd].prefix { $0 != 0 }, as: UTF8.self)
            offset = nameEnd
            if mask & UInt32(IN_Q_OVERFLOW) != 0 {
                state.changes.isAnything = true
                isNews = true
            }
            // An event without a name is about the folder itself, which was removed or moved.
            for folder in state.folders[watch] ?? []
            where name.isEmpty || folder.onlyName == nil || folder.onlyName == name {
                isNews = true
                switch folder.meaning {
                case .file(let prefix) where !name.isEmpty && mask & UInt32(IN_ISDIR) == 0:
                    state.changes.paths.insert(prefix + name)
                case .file, .anything, .entry: state.changes.isAnything = true
                case .reference: state.changes.isReference = true
                }
            }
            if mask & UInt32(IN_IGNORED) != 0 { state.folders[watch] = nil }
        }
        return isNews
    }
}
