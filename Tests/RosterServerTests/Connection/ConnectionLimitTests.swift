import NIOCore
import NIOEmbedded
import Testing

@testable import RosterServer

@Suite("The limit of connections")
struct ConnectionLimitTests {
    /// Counts the reads of the listening socket.
    private final class Reads: ChannelOutboundHandler {
        typealias OutboundIn = Never
        var count = 0

        func read(context: ChannelHandlerContext) { count += 1 }
    }

    @Test func acceptsNoConnectionAboveTheLimit() throws {
        let reads = Reads()
        let server = EmbeddedChannel()
        defer { _ = try? server.finish() }
        try server.pipeline.syncOperations.addHandlers([reads, ConnectionLimitHandler(limit: 2)])
        try server.connect(to: SocketAddress(unixDomainSocketPath: "/x")).wait()
        let start = reads.count
        var children = (0..<2).map { _ in EmbeddedChannel(loop: server.embeddedEventLoop) }
        server.read()
        #expect(reads.count == start + 1)
        for child in children { try server.writeInbound(child as any Channel) }
        let full = reads.count
        server.read()
        server.read()
        #expect(reads.count == full)
        // A connection that closes immediately makes room for another.
        try children.removeLast().close().wait()
        server.embeddedEventLoop.run()
        #expect(reads.count == full + 1)
        server.read()
        #expect(reads.count == full + 2)
        for child in children { try child.close().wait() }
        server.embeddedEventLoop.run()
        #expect(reads.count == full + 2)
    }

    @Test func reservesDescriptorsForReloads() {
        for limit in [20, 60, 100, 256, 1024, 4096, 1_048_576, Int.max] {
            for threads in [1, 2, 8, 64] {
                let budget = FileDescriptorBudget(limit: limit, used: 25, threads: threads)
                #expect(1...budget.accepted ~= budget.served)
                #expect(budget.accepted == 1 || limit - 25 - budget.accepted >= 16 + 4 * threads)
            }
        }
        #expect(FileDescriptorBudget(limit: 60, used: 25, threads: 2).served == 9)
        #expect(FileDescriptorBudget(limit: 1_048_576, used: 25, threads: 2).served > 10_000)
    }
}
