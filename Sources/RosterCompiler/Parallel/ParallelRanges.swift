/// A range in parts that several threads work on, whose results come in the range's order.
struct ParallelRanges {
    private let parts: [Range<Int>]
    private let concurrency: Int

    /// Fewer elements than this are done quicker than a second thread is started.
    private static let worthSplitting = 512

    /// The most elements of a part.
    private static let partSize = 2_048

    /// Splits a range for so many threads.
    init(_ range: Range<Int>, concurrency: Int) {
        let isSplit = concurrency > 1 && range.count >= Self.worthSplitting
        // Some parts more than threads, for those that have more to do than others.
        let size =
            isSplit ? max(1, min(Self.partSize, (range.count + 2 * concurrency - 1) / (2 * concurrency))) : range.count
        parts =
            range.isEmpty
            ? [range]
            : stride(from: range.lowerBound, to: range.upperBound, by: size).map {
                $0..<min($0 + size, range.upperBound)
            }
        self.concurrency = concurrency
    }

    /// What `body` makes of each part, in order.
    func map<Result: Sendable>(_ body: @escaping @Sendable (Range<Int>) -> Result) async -> [Result] {
        var results: [Result] = []
        await forEach(body) { results.append($0) }
        return results
    }

    /// Hands over what `body` makes of each part, in order, and while others are still being made.
    func forEach<Result: Sendable>(
        _ body: @escaping @Sendable (Range<Int>) -> Result,
        receive: (Result) -> Void
    ) async {
        guard parts.count > 1 else {
            for part in parts { receive(body(part)) }
            return
        }
        await OrderedTasks.forEach(parts, concurrency: concurrency, body, receive: receive)
    }
}
