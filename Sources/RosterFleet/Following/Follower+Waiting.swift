/// The longest times of reads, so that a source without a key cannot delay what other sources have.
extension Follower {
    /// The longest time of a read of an envelope, which is small: that of a connection and of the head of a response.
    static let envelopeTime = Duration.seconds(15)
    /// The longest time of a read of a registry, with all attempts.
    static let registryTime = Duration.seconds(300)
    /// The time after which a registry is read from the next source as well.
    private static let patience = Duration.seconds(5)

    /// Returns the result of a read of a source, and cancels the read at the end of a time.
    func within<Value: Sendable>(
        _ limit: Duration,
        of address: String,
        _ read: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await read() }
            group.addTask { [schedule] in
                // False when the read ended before.
                guard await schedule.sleep(limit) else { return nil }
                throw SourceProblem(.timeout, "\(address) did not send it within \(limit.components.seconds) seconds")
            }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    private enum Step<Value: Sendable>: Sendable {
        case success(Value)
        case failure(any Error, position: Int)
        case slow
        case over
    }

    /// Returns the result of the first of several reads that succeeds.
    ///
    /// The second begins when the first fails or takes more than five seconds, and so on.
    ///
    /// - Throws: the error of the first read, when all fail.
    func firstSuccess<Value: Sendable>(of reads: [@Sendable () async throws -> Value]) async throws -> Value {
        try await withThrowingTaskGroup(of: Step<Value>.self) { group in
            defer { group.cancelAll() }
            var (next, failures): (Int, [Int: any Error]) = (0, [:])
            func begin() {
                guard next < reads.count else { return }
                group.addTask { [read = reads[next], next] in
                    do { return .success(try await read()) } catch { return .failure(error, position: next) }
                }
                group.addTask { [schedule] in await schedule.sleep(Self.patience) ? .slow : .over }
                next += 1
            }
            begin()
            while failures.count < reads.count, let step = try await group.next() {
                switch step {
                case .success(let value): return value
                case .failure(let error, let position):
                    failures[position] = error
                    begin()
                case .slow: begin()
                case .over: break
                }
            }
            throw failures[0] ?? CancellationError()
        }
    }
}
