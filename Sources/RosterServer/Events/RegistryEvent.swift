import NIOCore
import RosterJSON

/// The event that the registry has changed, as a caller hears of it: in the format of Server-Sent Events.
///
/// Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
final class RegistryEvent: Sendable {
    /// The digest of what the caller may see, which is also the id of the event.
    let digest: String
    private let chunk: ByteBuffer
    private let text: Range<Int>

    /// Encodes the event of a state.
    init(digest: String, commit: String?) {
        self.digest = digest
        var json = JSONWriter(.compact)
        json.object { json in
            json.name("type")
            json.string("registry-changed")
            json.name("digest")
            json.string(digest)
            json.name("commit")
            json.string(commit)
        }
        let bytes = Array("id: \(digest)\ndata: ".utf8) + json.bytes + Array("\n\n".utf8)
        (chunk, text) = Self.chunk(of: bytes)
    }

    /// Returns the event in the framing of a stream.
    func bytes(isChunked: Bool) -> ByteBuffer { Self.part(of: chunk, text, isChunked: isChunked) }

    /// A comment, by which proxies and clients know that the stream is alive.
    ///
    /// It is a single line: some clients take an empty line for the end of an event, even after a comment.
    static func comment(isChunked: Bool) -> ByteBuffer {
        part(of: encodedComment.chunk, encodedComment.text, isChunked: isChunked)
    }

    private static let encodedComment = chunk(of: Array(":\n".utf8))

    /// The chunk that ends a stream: RFC 9112, section 7.1.
    static let lastChunk: StaticString = "0\r\n\r\n"

    private static func part(of chunk: ByteBuffer, _ text: Range<Int>, isChunked: Bool) -> ByteBuffer {
        isChunked ? chunk : chunk.getSlice(at: text.lowerBound, length: text.count) ?? ByteBuffer()
    }

    private static func chunk(of text: [UInt8]) -> (chunk: ByteBuffer, text: Range<Int>) {
        var chunk = ByteBuffer(string: String(text.count, radix: 16) + "\r\n")
        let start = chunk.writerIndex
        chunk.writeBytes(text)
        chunk.writeStaticString("\r\n")
        return (chunk, start..<start + text.count)
    }
}
