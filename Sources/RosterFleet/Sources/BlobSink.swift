import RosterBytes

/// A destination of the bytes of one blob, in memory or in a file.
package protocol BlobSink: Sendable {
    /// The number of bytes that the blob has.
    var size: Int { get }

    /// Forgets what was written, for another attempt.
    func restart() throws(SourceProblem)

    /// Appends bytes.
    ///
    /// - Throws: the reason to stop, such as more bytes than ``size``.
    func write(_ bytes: [UInt8]) throws(SourceProblem)
}
