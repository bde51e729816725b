import NIOHTTP1
import RosterBytes

/// The way in which the end of a response's body is marked (RFC 9112, section 6.3).
enum BodyFraming: Hashable {
    /// No body is allowed, or its length or its chunks mark its end.
    case marked
    /// The end of the connection is the end of the body.
    case untilClose

    /// Reads the framing; nil for a head on which two readers could disagree.
    init?(_ head: HTTPResponseHead) {
        let lengths = head.headers["Content-Length"]
        let codings = head.headers["Transfer-Encoding"]
        guard lengths.isEmpty || codings.isEmpty, Set(lengths).count <= 1 else { return nil }
        if let length = lengths.first {
            guard !length.isEmpty, length.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        }
        if !codings.isEmpty {
            guard codings.count == 1, codings[0].lowercased() == "chunked", head.version == .http1_1 else {
                return nil
            }
        }
        let isBodiless = [204, 304].contains(head.status.code)
        self = lengths.isEmpty && codings.isEmpty && !isBodiless ? .untilClose : .marked
    }
}
