import NIOCore
import NIOPosix

/// The one thread on which tests use embedded channels, which are bound to the thread that creates them.
@globalActor actor ConnectionThread {
    static let shared = ConnectionThread()

    private static let eventLoop = MultiThreadedEventLoopGroup(numberOfThreads: 1).next()

    nonisolated var unownedExecutor: UnownedSerialExecutor { Self.eventLoop.executor.asUnownedSerialExecutor() }
}
