/// Reads every file of a listing, several at once, and gives the results in the listing's order.
struct ParallelReader {
    let tree: any SourceTree
    let listing: Listing
    let reusable: ReusableFiles?
    let kept: KeptContents
    let progress: @Sendable (_ done: Int, _ of: Int) -> Void

    /// Fewer files than this are read quicker than a second thread is started.
    private static let worthSplitting = 200
    /// So many files take less memory than ``ThreadHeap/reserve()`` makes room for.
    private static let filesPerReserve = 48

    func read(concurrency: Int, isRosterRead: Bool) async throws -> ([ReadFile], Findings) {
        let count = listing.files.count
        var files: [ReadFile] = []
        var findings = Findings()
        files.reserveCapacity(count)
        func append(_ chunk: Chunk) {
            files += chunk.files
            findings.append(contentsOf: chunk.findings)
            progress(files.count, count)
        }
        if isRosterRead {
            append(try await read(0..<1))
        } else {
            files.append(ReadFile(declaration: .broken))
        }
        guard concurrency > 1, count >= Self.worthSplitting else {
            for start in stride(from: 1, to: count, by: tree.filesPerRead) {
                let range = start..<min(start + tree.filesPerRead, count)
                append(try await read(range))
            }
            return (files, findings)
        }
        let ranges = stride(from: 1, to: count, by: tree.filesPerRead).map { $0..<min($0 + tree.filesPerRead, count) }
        try await withThrowingTaskGroup(of: (Int, Chunk).self) { group in
            var chunks: [Chunk?] = Array(repeating: nil, count: ranges.count)
            var (next, appended) = (0, 0)
            func start() {
                guard next < ranges.count else { return }
                let (index, range) = (next, ranges[next])
                group.addTask { (index, try await read(range)) }
                next += 1
            }
            // One more than threads, so that none has to wait while a chunk is appended.
            for _ in 0...concurrency { start() }
            while let (index, chunk) = try await group.next() {
                start()
                chunks[index] = chunk
                while appended < chunks.count, let done = chunks[appended] {
                    append(done)
                    chunks[appended] = nil
                    appended += 1
                }
            }
        }
        return (files, findings)
    }

    /// Reads `roster.yaml` and the files that are wanted, one after another; the others are there and not read.
    func read(only wanted: Set<Int>, isRosterRead: Bool) async throws -> ([ReadFile], Findings) {
        var files = Array(repeating: ReadFile(declaration: .broken, isRead: false), count: listing.files.count)
        let wanted = (isRosterRead ? [0] : []) + wanted.subtracting([0]).sorted()
        var reader = FileReader()
        try await tree.read(wanted.map { listing.files[$0] }[...]) { position, reading in
            let index = wanted[position]
            files[index] = reader.read(index, as: listing.role(of: index), reading)
        }
        return (files, reader.findings)
    }

    /// What a run of files gave.
    private struct Chunk: Sendable {
        var files: [ReadFile]
        var findings: Findings
    }

    /// Fetches bytes that were not kept; a file that has become unreadable has none.
    func fetchBytes(of wanted: [FileIndex], into files: inout [ReadFile]) async throws {
        try await tree.read(wanted.map { listing.files[$0] }[...]) { position, reading in
            if case .contents(let bytes, _) = reading { files[wanted[position]].bytes = bytes }
        }
    }

    private func read(_ range: Range<Int>) async throws -> Chunk {
        var reader = FileReader(keeping: kept)
        var files: [ReadFile] = []
        files.reserveCapacity(range.count)
        var start = range.lowerBound
        while start < range.upperBound {
            if let file = reusable?.file(at: start, as: listing.files[start], &reader.findings) {
                files.append(file)
                start += 1
                continue
            }
            let isRead = reusable.map { reusable in { !reusable.has(listing.files[$0], at: $0) } } ?? { _ in true }
            let end = (start + 1..<range.upperBound).first { !isRead($0) } ?? range.upperBound
            try await tree.read(listing.files[start..<end]) { index, reading in
                if index % Self.filesPerReserve == 0 { ThreadHeap.reserve() }
                files.append(reader.read(index, as: listing.role(of: index), reading))
            }
            start = end
        }
        return Chunk(files: files, findings: reader.findings)
    }
}
