import RosterBytes
import RosterPublication

/// The keys of the publications below a prefix.
///
/// `P/CHANNEL/manifest` is the manifest of a channel, and `P/blobs/sha256/HEX/000000` the first chunk of a blob.
struct EtcdKeys: Hashable, Sendable {
    /// The number of bytes of every chunk of a blob but the last.
    static let chunkSize = 512 * 1024

    private static let manifestName = "/manifest"
    /// The last byte of the prefix of a range, and the byte that follows it.
    private static let (slash, afterSlash) = ("/", "0")

    private let prefix: String

    init(_ address: EtcdAddress) { prefix = address.prefix }

    /// Returns the key of the manifest of a channel.
    func manifest(_ channel: Channel) -> EtcdRange { .key("\(prefix)/\(channel)\(Self.manifestName)") }

    /// The keys that are not those of blobs.
    var others: [EtcdRange] {
        let (blobs, afterBlobs) = (bytes("/blobs/sha256", Self.slash), bytes("/blobs/sha256", Self.afterSlash))
        return [
            EtcdRange(start: bytes("", Self.slash), end: blobs),
            EtcdRange(start: afterBlobs, end: bytes("", Self.afterSlash)),
        ]
    }

    /// The keys of the chunks of all blobs.
    var blobs: EtcdRange {
        EtcdRange(start: bytes("/blobs/sha256", Self.slash), end: bytes("/blobs/sha256", Self.afterSlash))
    }

    /// Returns the keys of the chunks of a blob.
    func blob(_ digest: Digest) -> EtcdRange {
        let name = "/blobs/sha256/\(digest.hex)"
        return EtcdRange(start: bytes(name, Self.slash), end: bytes(name, Self.afterSlash))
    }

    /// Returns the key of a chunk of a blob.
    func chunk(_ index: Int, of digest: Digest) -> EtcdRange {
        let number = String(index)
        let zeroes = String(repeating: "0", count: max(6 - number.utf8.count, 0))
        return .key("\(prefix)/blobs/sha256/\(digest.hex)/\(zeroes)\(number)")
    }

    /// Returns the digest of the blob that the key of a chunk is of; nil for another key.
    func digest(ofChunk key: [UInt8]) -> Digest? {
        let start = blobs.start
        guard key.starts(with: start) else { return nil }
        let digits = key[start.count...].prefix { $0 != UInt8(ascii: "/") }
        guard digits.count == 64, let bytes = LowerHex.decode(Array(digits).span) else { return nil }
        return Digest(bytes: bytes)
    }

    /// Returns true for the key of the manifest of some channel.
    func isManifest(_ key: [UInt8]) -> Bool {
        let start = bytes("", Self.slash)
        guard key.starts(with: start), key.reversed().starts(with: Self.manifestName.utf8.reversed()),
            key.count > start.count + Self.manifestName.utf8.count
        else { return false }
        return Channel(String(decoding: key[start.count..<(key.count - Self.manifestName.utf8.count)], as: UTF8.self))
            != nil
    }

    private func bytes(_ name: String, _ end: String) -> [UInt8] { Array("\(prefix)\(name)\(end)".utf8) }
}
