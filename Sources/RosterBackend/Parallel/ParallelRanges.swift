/// A range in parts for several threads, with results in the range's order.
package struct ParallelRanges {
    private let parts: [Range<Int>]
    private let concurrency: Int

    /// The smallest number of elements for which a second thread is faster.
    package static let worthSplitting = 512

    /// The largest number of elements in a part.
    private static let partSize = 2_048

    /// Splits a range of at least `minimum` elements for a number of threads.
    package init(_ range: Range<Int>, concurrency: Int, minimum: Int = worthSplitting) {
        let isSplit = concurrency > 1 && range.count >= minimum
        // More parts than threads, to balance their work.
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

    /// Returns the result of `body` for each part, in order.
    package func map<Result: Sendable>(_ body: @escaping @Sendable (Range<Int>) -> Result) async -> [Result] {
        var results: [Result] = []
        await forEach(body) { results.append($0) }
        return results
    }

    /// Passes the result of `body` for each part to `receive`, in order, while later parts are still running.
    package func forEach<Result: Sendable>(
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
