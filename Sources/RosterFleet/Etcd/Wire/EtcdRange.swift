/// One key, or the keys from one up to but not including another.
struct EtcdRange: Hashable, Sendable {
    let start: [UInt8]
    /// Nil for one key.
    let end: [UInt8]?

    init(start: [UInt8], end: [UInt8]?) { (self.start, self.end) = (start, end) }

    /// Returns the range of one key.
    static func key(_ text: String) -> EtcdRange { EtcdRange(start: Array(text.utf8), end: nil) }
}
