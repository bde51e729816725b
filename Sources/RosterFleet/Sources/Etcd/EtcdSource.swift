package import RosterBytes
package import RosterHTTPClient
package import RosterPublication

/// The publications of a channel in etcd, which pushes changes.
///
/// A watch is only a hint: it sends nothing also when its node hangs or is cut off from the majority. So a linearizable read
/// follows every ten seconds, at one endpoint after the other.
package struct EtcdSource: PublicationSource {
    package let address: String
    private let client: EtcdClient
    private let keys: EtcdKeys
    private let channel: Channel

    /// Creates the source of a channel.
    ///
    /// The sender trusts the certificates of the endpoints, and has the client certificate, if there is one.
    package init(
        _ address: EtcdAddress,
        channel: Channel,
        sender: any HTTPSender,
        credentials: EtcdCredentials? = nil
    ) {
        self.address = address.description
        self.channel = channel
        keys = EtcdKeys(address)
        client = EtcdClient(address, sender: sender, credentials: credentials)
    }

    package func events(_ schedule: Schedule) -> AsyncStream<SourceEvent> {
        let mailbox = EventMailbox()
        let watcher = EtcdWatcher(client: client, key: keys.manifest(channel), schedule: schedule, mailbox: mailbox)
        let producer = Producer(watcher)
        return AsyncStream(unfolding: { await producer.next(from: mailbox) })
    }

    package func read(_ digest: Digest, into sink: any BlobSink) async throws(SourceProblem) {
        try await EtcdBlobReader(client: client, keys: keys).read(digest, into: sink)
    }

    /// The task that fills a mailbox; it ends with its last reference, or with the task that reads.
    private final class Producer: Sendable {
        private let task: Task<Void, Never>

        init(_ watcher: EtcdWatcher) { task = Task { await watcher.run() } }

        deinit { task.cancel() }

        func next(from mailbox: EventMailbox) async -> SourceEvent? {
            guard let event = await mailbox.next() else {
                task.cancel()
                return nil
            }
            return event
        }
    }
}
