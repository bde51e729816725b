/// Work in parts that run concurrently, with results in order.
package enum OrderedTasks {
    /// Passes the result of `body` for each part to `receive`, in order, while later parts are still running.
    ///
    /// - Throws: The first error of `body`; parts that have started are awaited, and no other part starts.
    package static func forEach<Part: Sendable, Result: Sendable, Failure: Error>(
        _ parts: [Part],
        concurrency: Int,
        _ body: @escaping @Sendable (Part) async throws(Failure) -> Result,
        receive: (Result) -> Void
    ) async throws(Failure) {
        let failure: Failure? = await withTaskGroup(of: (Int, Swift.Result<Result, Failure>).self) { group in
            var results: [Result?] = Array(repeating: nil, count: parts.count)
            var (next, received) = (0, 0)
            func start() {
                guard next < parts.count else { return }
                let (index, part) = (next, parts[next])
                group.addTask {
                    do throws(Failure) {
                        // Not in the tuple, in which the optimizer of Swift 6.3 loses the index during the wait.
                        let result = try await body(part)
                        return (index, .success(result))
                    } catch {
                        return (index, .failure(error))
                    }
                }
                next += 1
            }
            // One more than the threads, so that none is idle while a result is received.
            for _ in 0...concurrency { start() }
            while let (index, outcome) = await group.next() {
                switch outcome {
                case .success(let result): results[index] = result
                case .failure(let failure):
                    group.cancelAll()
                    return failure
                }
                start()
                while received < parts.count, let result = results[received] {
                    receive(result)
                    results[received] = nil
                    received += 1
                }
            }
            return nil
        }
        if let failure { throw failure }
    }
}
