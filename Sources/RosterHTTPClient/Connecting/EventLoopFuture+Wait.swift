import NIOCore

extension EventLoopFuture where Value: Sendable {
    /// Waits for the value until a deadline, or until the task is cancelled.
    ///
    /// - Parameters:
    ///   - deadline: the time at which the wait ends.
    ///   - failure: the failure at the deadline.
    ///   - late: called with a value that comes after the end of the wait.
    /// - Returns: the value.
    /// - Throws: the failure of the future, that of the deadline, or ``HTTPFailure/cancelled``.
    func value(
        before deadline: NIODeadline,
        else failure: HTTPFailure,
        late: @escaping @Sendable (Value) -> Void = { _ in }
    ) async throws(HTTPFailure) -> Value {
        let loop = eventLoop
        let promise = loop.makePromise(of: Value.self)
        let isOver = NIOLoopBoundBox.makeBoxSendingValue(false, eventLoop: loop)
        let finish: @Sendable (Result<Value, any Error>) -> Bool = { result in
            guard !isOver.value else { return false }
            isOver.value = true
            promise.completeWith(result)
            return true
        }
        let timer = loop.scheduleTask(deadline: deadline) { _ = finish(.failure(failure)) }
        whenComplete { result in
            timer.cancel()
            if !finish(result), case .success(let value) = result { late(value) }
        }
        do {
            return try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                loop.execute { _ = finish(.failure(HTTPFailure.cancelled)) }
            }
        } catch {
            throw HTTPFailure(error)
        }
    }
}
