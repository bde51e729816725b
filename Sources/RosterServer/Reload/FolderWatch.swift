import Dispatch
import Glibc
import Synchronization

/// Tells when files in folders change, by Linux' inotify.
///
/// Source: inotify(7)
final class FolderWatch: Sendable {
    /// What may have changed since the last look.
    struct Changes: Sendable {
        /// Paths, as the watched folders name them.
        var paths: Set<String> = []
        /// Whether anything may have changed: events were lost, or a folder itself came or went.
        var isAnything = false
        /// Whether something is known otherwise about files that are as they were.
        var isReference = false

        var isEmpty: Bool { paths.isEmpty && !isAnything && !isReference }

        mutating func formUnion(_ other: Changes) {
            paths.formUnion(other.paths)
            isAnything = isAnything || other.isAnything
            isReference = isReference || other.isReference
        }
    }

    private struct State {
        var folders: [Int32: [WatchedFolder]] = [:]
        var changes = Changes()
    }

    private let descriptor: Int32
    private let state = Mutex(State())
    private let events: AsyncStream<Void>.Continuation
    private let queue = DispatchQueue(label: "roster.watch")
    /// An element whenever something may have changed; several changes can make one.
    let stream: AsyncStream<Void>

    /// Starts to watch nothing.
    ///
    /// - Returns: nil when the system has no watches left.
    init?() {
        descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        (stream, events) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { [weak self, descriptor] in
            guard let self else {
                source.cancel()
                close(descriptor)
                return
            }
            readEvents()
        }
        source.resume()
    }

    deinit {
        // Taking a watch away is an event too, upon which the source ends itself.
        for watch in state.withLock({ Array($0.folders.keys) }) { inotify_rm_watch(descriptor, watch) }
    }

    private static let mask = UInt32(
        IN_CLOSE_WRITE | IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF
            | IN_MOVE_SELF | IN_ONLYDIR
    )

    /// Watches these folders from now on, and no others; those that are not there are left out.
    ///
    /// - Returns: whether folders are watched that were not before, in which something may have happened already.
    func watch(_ folders: [WatchedFolder]) -> Bool {
        state.withLock { state in
            var wanted: [Int32: [WatchedFolder]] = [:]
            for folder in folders {
                let watch = unsafe inotify_add_watch(descriptor, folder.path, Self.mask)
                if watch >= 0 { wanted[watch, default: []].append(folder) }
            }
            for watch in state.folders.keys where wanted[watch] == nil { inotify_rm_watch(descriptor, watch) }
            let hasNew = wanted.contains { state.folders[$0.key] != $0.value }
            state.folders = wanted
            return hasNew
        }
    }

    /// What may have changed since the last call.
    func takeChanges() -> Changes {
        state.withLock { state in
            defer { state.changes = Changes() }
            return state.changes
        }
    }

    /// Asks for a load although no file has changed.
    func wake() {
        state.withLock { $0.changes.isAnything = true }
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

    /// Notes the events of one read: each is four words, and a name filled up with zeros.
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
            // An event without a name is about the folder itself: it went, or came to lie elsewhere.
            for folder in state.folders[watch] ?? []
            where name.isEmpty || folder.onlyName == nil || folder.onlyName == name {
                isNews = true
                switch folder.meaning {
                case .file(let prefix) where !name.isEmpty && mask & UInt32(IN_ISDIR) == 0:
                    state.changes.paths.insert(prefix + name)
                case .file, .anything: state.changes.isAnything = true
                case .reference: state.changes.isReference = true
                }
            }
            if mask & UInt32(IN_IGNORED) != 0 { state.folders[watch] = nil }
        }
        return isNews
    }
}
