import NIOCore

/// The body of a response, which is read from its connection as its reader asks.
final class ResponseBody: HTTPBody {
    private let exchange: NIOLoopBound<Exchange>
    private let loop: any EventLoop

    init(_ exchange: NIOLoopBound<Exchange>, _ loop: any EventLoop) {
        (self.exchange, self.loop) = (exchange, loop)
    }

    // A body that is not read must not hold its connection.
    deinit { cancel() }

    func next() async throws(HTTPFailure) -> [UInt8]? {
        let exchange = exchange
        do {
            return try await withTaskCancellationHandler {
                try await loop.flatSubmit { exchange.value.next() }.get()
            } onCancel: {
                cancel()
            }
        } catch {
            // The connection may be closed before the read begins.
            throw Task.isCancelled ? .cancelled : HTTPFailure(error)
        }
    }

    func cancel() {
        let exchange = exchange
        loop.execute { exchange.value.cancel() }
    }
}
