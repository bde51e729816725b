package import SealedBoxes

/// The variables of a `.env` file, read as python-dotenv reads them; the values stay in secret memory.
///
/// https://github.com/theskumar/python-dotenv
package struct DotenvFile: ~Copyable {
    /// A line, or the lines of a value in quotes.
    package struct Entry: Sendable {
        /// The name; nil for lines that are not an assignment.
        package var name: String?
        /// The line and the column of the name, from 1.
        package var line: Int
        package var column: Int
        /// The part of the values that is this value; nil for a name without one.
        var value: Range<Int>?
    }

    /// The largest file that is read, in bytes.
    package static let sizeLimit = 128 * 1024

    /// The entries, in the order of the file.
    package private(set) var entries: [Entry] = []
    private var values: SecretBytes
    private var count = 0
    private var byName: [String: Int] = [:]
    /// The names whose values had no room.
    private var tooLong: Set<String> = []

    /// Reads a file.
    package init(_ file: borrowing SecretBytes) throws(SecretBytes.Unavailable) {
        // References to other values may repeat them.
        values = try SecretBytes(zeroes: file.count + Self.sizeLimit)
        unsafe file.withBytes { bytes in
            var scanner = unsafe DotenvScanner(
                UnsafeBufferPointer(start: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), count: bytes.count)
            )
            while let assignment = scanner.next() { unsafe append(assignment, bytes) }
        }
    }

    /// Returns the entry that a name has; the last of several.
    package func entry(_ name: String) -> Entry? { byName[name].map { entries[$0] } }

    /// Calls a closure with the value of a variable; with nil when it has none.
    ///
    /// The bytes must not leave the closure.
    package func withValue<Result: ~Copyable, Failure: Error>(
        of name: String,
        _ body: (UnsafeRawBufferPointer?) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let range = entry(name)?.value else { return try body(nil) }
        return try unsafe values.withBytes { (bytes) throws(Failure) in
            try unsafe body(UnsafeRawBufferPointer(rebasing: bytes[range]))
        }
    }

    private mutating func append(_ assignment: DotenvScanner.Assignment, _ bytes: UnsafeRawBufferPointer) {
        let start = count
        var isWhole = assignment.value != nil
        if let range = assignment.value {
            isWhole = unsafe decode(UnsafeRawBufferPointer(rebasing: bytes[range]), quote: assignment.quote)
        }
        let name = assignment.name.map { unsafe String(decoding: bytes[$0], as: UTF8.self) }
        if isWhole { isWhole = expand(from: start) } else { count = start }
        let entry = Entry(
            name: name,
            line: assignment.line,
            column: assignment.column,
            value: isWhole ? start..<count : nil
        )
        if let name {
            byName[name] = entries.count
            if isWhole || assignment.value == nil { tooLong.remove(name) } else { tooLong.insert(name) }
        }
        entries.append(entry)
    }

    /// Appends a byte; returns false when there is no room.
    private mutating func append(_ byte: UInt8) -> Bool {
        let position = count
        guard position < values.count else { return false }
        unsafe values.withMutableBytes { bytes in unsafe bytes[position] = byte }
        count += 1
        return true
    }

    /// Appends a value without the backslashes of its escapes.
    private mutating func decode(_ text: UnsafeRawBufferPointer, quote: UInt8?) -> Bool {
        var offset = 0
        while offset < text.count {
            let byte = unsafe text[offset]
            let next: UInt8? = unsafe offset + 1 < text.count ? text[offset + 1] : nil
            if byte == UInt8(ascii: "\\"), let next, let decoded = Self.escape(next, in: quote) {
                guard append(decoded) else { return false }
                offset += 2
            } else {
                guard append(byte) else { return false }
                offset += 1
            }
        }
        return true
    }

    private static func escape(_ byte: UInt8, in quote: UInt8?) -> UInt8? {
        switch (quote, byte) {
        case (nil, _): nil
        case (_, UInt8(ascii: "\\")), (_, UInt8(ascii: "'")): byte
        case (UInt8(ascii: "'"), _): nil
        case (_, UInt8(ascii: "\"")): byte
        case (_, UInt8(ascii: "a")): 7
        case (_, UInt8(ascii: "b")): 8
        case (_, UInt8(ascii: "f")): 12
        case (_, UInt8(ascii: "n")): 10
        case (_, UInt8(ascii: "r")): 13
        case (_, UInt8(ascii: "t")): 9
        case (_, UInt8(ascii: "v")): 11
        default: nil
        }
    }

    /// Replaces `${NAME}` and `${NAME:-default}` in the last value by the values of earlier lines.
    ///
    /// Returns false when the result has no room.
    private mutating func expand(from start: Int) -> Bool {
        let end = count
        var references: [(range: Range<Int>, name: String, fallback: Range<Int>?)] = []
        unsafe values.withBytes { bytes in
            var offset = start
            while offset + 1 < end {
                guard unsafe bytes[offset] == UInt8(ascii: "$"), unsafe bytes[offset + 1] == UInt8(ascii: "{"),
                    let close = unsafe bytes[(offset + 2)..<end].firstIndex(of: UInt8(ascii: "}"))
                else {
                    offset += 1
                    continue
                }
                let colon = unsafe bytes[(offset + 2)..<close].firstIndex(of: UInt8(ascii: ":")) ?? close
                let hasFallback = unsafe colon + 1 < close && bytes[colon + 1] == UInt8(ascii: "-")
                guard colon == close || hasFallback else {
                    offset += 1
                    continue
                }
                let name = unsafe String(decoding: bytes[(offset + 2)..<colon], as: UTF8.self)
                references.append((offset..<(close + 1), name, hasFallback ? colon + 2..<close : nil))
                offset = close + 1
            }
        }
        guard !references.isEmpty else { return true }
        var source = start
        for reference in references {
            guard !tooLong.contains(reference.name) else { return false }
            // A name without a value is empty here, and not absent.
            let value = entry(reference.name).map { $0.value ?? 0..<0 } ?? reference.fallback ?? 0..<0
            guard copy(source..<reference.range.lowerBound), copy(value) else { return false }
            source = reference.range.upperBound
        }
        guard copy(source..<end) else { return false }
        // The expanded text follows the original one and takes its place.
        let length = count - end
        unsafe values.withMutableBytes { bytes in
            for offset in 0..<length { unsafe bytes[start + offset] = bytes[end + offset] }
        }
        count = start + length
        return true
    }

    private mutating func copy(_ range: Range<Int>) -> Bool {
        let position = count
        guard range.count <= values.count - position else { return false }
        unsafe values.withMutableBytes { bytes in
            for (offset, source) in range.enumerated() { unsafe bytes[position + offset] = bytes[source] }
        }
        count += range.count
        return true
    }
}
