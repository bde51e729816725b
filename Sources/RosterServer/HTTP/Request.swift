import NIOCore
import NIOHTTP1
import RosterModel

/// A request that came in whole and within the limits.
struct Request: Sendable {
    var method: HTTPMethod
    var target: RequestTarget
    var fields: RequestFields
    /// Nil without one.
    var body: ByteBuffer?
    /// What the request is called in the log and in the answer.
    var id: RequestID
    var time: Timestamp

    /// Whether the body of an answer is left out.
    var isHead: Bool { method == .HEAD }

    /// Whether it asks to read, and changes nothing.
    var isReading: Bool { method == .GET || method == .HEAD }
}

/// The name of a request: the one that the client gave, or one of Roster's making.
struct RequestID: Sendable, Hashable {
    let text: String

    /// Takes over a client's name of 1 to 64 of `A-Z a-z 0-9 . _ -`.
    init?(_ text: String?) {
        guard let text, (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0.isASCIILetterOrDigit || "._-".utf8.contains($0) })
        else { return nil }
        self.text = text
    }

    /// Makes the name of a number: numbers that follow one another look as if they had nothing to do with each other.
    init(number: UInt64) {
        let digits: StaticString = "0123456789abcdef"
        var word = number
        text = unsafe String(unsafeUninitializedCapacity: 16) { buffer in
            for index in 0..<16 {
                unsafe buffer[index] = unsafe digits.utf8Start[Int(word & 0xF)]
                word >>= 4
            }
            return 16
        }
    }
}
