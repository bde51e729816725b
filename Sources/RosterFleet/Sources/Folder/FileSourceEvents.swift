import RosterServer

/// The events of a source of local files, which is read after each change, and also from time to time.
enum FileSourceEvents {
    /// The time between two reads without a change: a folder that was removed, or of a network, causes no events.
    private static let interval = 15.0

    /// Returns the events of a source.
    ///
    /// `folders` returns the folders in which a change requires another read. `read` reads the source, and the bytes of a
    /// manifest are compared with those of the last event.
    static func stream(
        _ schedule: Schedule,
        watching folders: @escaping @Sendable () -> [WatchedFolder],
        reading read: @escaping @Sendable () async -> SourceEvent
    ) -> AsyncStream<SourceEvent> {
        let (stream, events) = AsyncStream.makeStream(of: SourceEvent.self)
        let task = Task {
            await run(schedule, watching: folders, reading: read, into: events)
            events.finish()
        }
        events.onTermination = { _ in task.cancel() }
        return stream
    }

    private static func run(
        _ schedule: Schedule,
        watching folders: @escaping @Sendable () -> [WatchedFolder],
        reading read: @escaping @Sendable () async -> SourceEvent,
        into events: AsyncStream<SourceEvent>.Continuation
    ) async {
        // Without an inotify instance left, reads from time to time have to suffice.
        let watch = FolderWatch()
        let (reads, due) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        due.yield()
        await withTaskGroup { group in
            group.addTask {
                guard let watch else { return }
                for await _ in watch.stream { due.yield() }
            }
            group.addTask {
                while await schedule.sleep(.seconds(interval * (0.8 + 0.4 * schedule.random()))) { due.yield() }
                due.finish()
            }
            var manifest: [UInt8]?
            for await _ in reads {
                // Watched before the read, so that a change after it is noticed; a new folder may have changed before.
                if let watch, watch.watch(folders()) { due.yield() }
                switch await read() {
                case .manifest(let bytes) where bytes == manifest: events.yield(.same)
                case .manifest(let bytes):
                    manifest = bytes
                    events.yield(.manifest(bytes))
                case let event: events.yield(event)
                }
            }
            group.cancelAll()
        }
    }

    /// Copies a file into a sink; messages call it by a name.
    static func copy(_ path: String, _ name: String, into sink: any BlobSink) throws(SourceProblem) {
        try sink.restart()
        do {
            let file = try ReadFile(path)
            while let piece = try file.next() { try sink.write(piece) }
        } catch let problem as FileProblem {
            throw LayoutFolder.problem(problem, name)
        } catch let problem as SourceProblem { throw problem } catch {
            throw SourceProblem(.unreachable, "\(name) cannot be read")
        }
    }
}
