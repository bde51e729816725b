import Subprocess

/// The output of a git command, read incrementally.
struct ByteStream {
    private var iterator: SubprocessOutputSequence.Iterator
    private var buffer: [UInt8] = []
    private var position = 0
    private let command: String
    private let timer: AnswerTimer

    init(_ sequence: SubprocessOutputSequence, command: String, timer: AnswerTimer) {
        iterator = sequence.makeAsyncIterator()
        self.command = command
        self.timer = timer
    }

    /// Notes the end of an answer, so that the time starts over for the next one.
    func noteAnswer() { timer.answered() }

    /// Returns the bytes up to a separator, and consumes both; nil at the end.
    ///
    /// - Throws: ``GitError/malformedAnswer(command:)`` when there are more than `limit`, or the output ends in them.
    mutating func token(endedBy separator: UInt8, limit: Int = 1 << 16) async throws -> [UInt8]? {
        var searched = 0
        while true {
            if let end = buffer[(position + searched)...].firstIndex(of: separator) {
                defer { position = end + 1 }
                return Array(buffer[position..<end])
            }
            searched = buffer.count - position
            guard searched <= limit else { throw GitError.malformedAnswer(command: command) }
            guard try await fill() else {
                guard searched == 0 else { throw GitError.malformedAnswer(command: command) }
                return nil
            }
        }
    }

    /// Returns the next `count` bytes.
    ///
    /// - Throws: ``GitError/malformedAnswer(command:)`` when the output ends early.
    mutating func bytes(_ count: Int) async throws -> [UInt8] {
        while buffer.count - position < count {
            guard try await fill() else { throw GitError.malformedAnswer(command: command) }
        }
        defer { position += count }
        return Array(buffer[position..<position + count])
    }

    /// Returns the rest of the output.
    ///
    /// - Throws: ``GitError/malformedAnswer(command:)`` when there are more than `limit` bytes.
    mutating func rest(limit: Int) async throws -> [UInt8] {
        while try await fill() {
            guard buffer.count - position <= limit else { throw GitError.malformedAnswer(command: command) }
        }
        return Array(buffer[position...])
    }

    private mutating func fill() async throws -> Bool {
        if position > 0 {
            buffer.removeFirst(position)
            position = 0
        }
        timer.begin()
        var count = 0
        defer { timer.end(received: count) }
        guard let more = try await iterator.next() else { return false }
        count = more.count
        unsafe more.withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
        return true
    }
}
