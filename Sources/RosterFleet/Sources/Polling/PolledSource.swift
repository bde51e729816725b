/// A source that is read again and again, since it does not report changes itself.
package protocol PolledSource: PublicationSource {
    /// The usual time between two reads, which is varied by a fifth.
    var interval: Duration { get }

    /// Reads the manifest of the newest publication once.
    ///
    /// The first read of a stream of events is unconditional, and then one about every five minutes: a server may have the
    /// same validator for other bytes. A validator may be remembered only once its manifest is returned.
    ///
    /// - Parameter unconditionally: false to ask only for another manifest than that of the last read that returned one.
    /// - Returns: the manifest, which may be the same bytes; `.same` only for a conditional read.
    /// - Throws: the reason why the source cannot be read.
    func check(unconditionally: Bool) async throws(SourceProblem) -> SourceCheck
}

/// The result of one read of a source.
package enum SourceCheck: Sendable, Hashable {
    /// The bytes of the manifest.
    case manifest([UInt8])
    /// The source confirmed that the manifest did not change.
    case same
}

extension PolledSource {
    /// Reads the source whenever the reader of the stream waits for the next event and the time between reads is over.
    package func events(_ schedule: Schedule) -> AsyncStream<SourceEvent> {
        let loop = PollingLoop(source: self, schedule: schedule)
        return AsyncStream { await loop.next() }
    }
}
