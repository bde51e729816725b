import RosterModel
import YAMLSyntax

/// What of a file must not be shown: keys, and whatever stands under the name of a key.
///
/// The mask is found in the bytes and not in the tree, so that a file that is not YAML is masked as well. Where in
/// doubt it hides more rather than less.
struct KeyMask {
    static let mark = "[redacted]"

    /// Spans that are hidden, in order, apart from each other.
    let spans: [ByteSpan]

    init(_ bytes: [UInt8]) {
        var spans = PrivateKeyInRepository.spans(in: bytes)
        spans += unsafe bytes.withUnsafeBufferPointer { unsafe KeyShapeScanner.matches(in: $0) }.map {
            ByteSpan($0.range)
        }
        spans += Self.escapedKeys(bytes) + Self.userInformation(bytes) + Self.namedValues(bytes)
        spans.sort { $0.start < $1.start }
        self.spans = spans.reduce(into: []) { merged, span in
            if let last = merged.last, span.start <= last.end {
                merged[merged.count - 1].end = max(last.end, span.end)
            } else {
                merged.append(span)
            }
        }
    }

    /// Hides in a text that is shown what has the shape of a key.
    static func mask(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let mask = KeyMask(shapesIn: bytes)
        return mask.spans.isEmpty ? text : mask.text(of: bytes, 0..<bytes.count).text
    }

    private init(shapesIn bytes: [UInt8]) {
        let shapes = unsafe bytes.withUnsafeBufferPointer { unsafe KeyShapeScanner.matches(in: $0) }
        spans = (PrivateKeyInRepository.spans(in: bytes) + shapes.map { ByteSpan($0.range) })
            .sorted { $0.start < $1.start }
    }

    /// The spans from the first one that ends after an offset.
    func spans(endingAfter offset: Int) -> ArraySlice<ByteSpan> {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(spans[middle].end) > offset { high = middle } else { low = middle + 1 }
        }
        return spans[low...]
    }

    /// A range of the file with what is hidden replaced, and where two offsets of the range come to lie in it, in
    /// Unicode scalars.
    func text(of bytes: [UInt8], _ range: Range<Int>, locating offsets: Range<Int> = 0..<0) -> (
        text: String, located: Range<Int>
    ) {
        var result = ""
        var located = (start: Int?.none, end: Int?.none)
        var position = range.lowerBound
        func locate(_ upTo: Int, hidden: Bool) {
            for (offset, isStart) in [(offsets.lowerBound, true), (offsets.upperBound, false)] {
                guard (isStart ? located.start : located.end) == nil, offset <= upTo else { continue }
                let visible =
                    hidden
                    ? 0
                    : String(decoding: bytes[position..<max(position, min(offset, upTo))], as: UTF8.self).unicodeScalars
                        .count
                let place =
                    result.unicodeScalars.count + (hidden && !isStart && offset > position ? Self.mark.count : visible)
                if isStart { located.start = place } else { located.end = place }
            }
        }
        for span in spans(endingAfter: range.lowerBound) {
            guard Int(span.start) < range.upperBound else { break }
            let start = max(Int(span.start), position)
            locate(start, hidden: false)
            result += String(decoding: bytes[position..<start], as: UTF8.self)
            position = start
            let end = min(Int(span.end), range.upperBound)
            locate(end, hidden: true)
            result += Self.mark
            position = end
        }
        locate(range.upperBound, hidden: false)
        result += String(decoding: bytes[position..<range.upperBound], as: UTF8.self)
        let start = located.start ?? result.unicodeScalars.count
        return (result, start..<max(start, located.end ?? start))
    }

    // MARK: - Values under the names of keys

    /// The values of lines such as `apiKey: …`, in block and flow mappings and in comments, with the lines below that
    /// belong to them.
    private static func namedValues(_ bytes: [UInt8]) -> [ByteSpan] {
        var spans: [ByteSpan] = []
        var lineStart = 0
        var hiddenBelow: (indent: Int, isList: Bool)?
        while lineStart < bytes.count {
            let lineEnd = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let line = lineStart..<lineEnd
            let indent = bytes[line].prefix { $0 == 0x20 || $0 == 0x09 }.count
            let isItem = indent < line.count && bytes[lineStart + indent] == UInt8(ascii: "-")
            if let below = hiddenBelow,
                indent > below.indent || indent == line.count || below.isList && isItem && indent == below.indent
            {
                spans.append(ByteSpan(lineStart + indent..<lineEnd))
            } else {
                hiddenBelow = nil
                if let value = namedValue(bytes, line) {
                    if !value.isEmpty { spans.append(ByteSpan(value)) }
                    // A list may stand at the column of the key that it belongs to.
                    let isOpen = value.isEmpty || bytes[value.lowerBound] == UInt8(ascii: "#")
                    hiddenBelow = (indent, isList: isOpen)
                }
            }
            lineStart = lineEnd + 1
        }
        return spans
    }

    /// What follows the first name of a key and its colon in a line, to the end of the line.
    private static func namedValue(_ bytes: [UInt8], _ line: Range<Int>) -> Range<Int>? {
        for colon in line where bytes[colon] == UInt8(ascii: ":") || bytes[colon] == UInt8(ascii: "=") {
            var end = colon
            while end > line.lowerBound, " \t\"'".utf8.contains(bytes[end - 1]) { end -= 1 }
            var start = end
            while start > line.lowerBound, isNameByte(bytes[start - 1]) { start -= 1 }
            let isNamed =
                KeyName.isKeyName(String(decoding: bytes[start..<end], as: UTF8.self))
                || isEscapedName(bytes[line.lowerBound..<colon])
            guard isNamed else { continue }
            // `secret` in a provider names a file; it is a handle, and no key. In `config` nothing of that name is.
            if start == line.lowerBound, bytes[start..<end].elementsEqual("secret".utf8),
                isHandle(bytes[(colon + 1)..<line.upperBound])
            {
                continue
            }
            var value = colon + 1
            while value < line.upperBound, bytes[value] == 0x20 || bytes[value] == 0x09 { value += 1 }
            let last = bytes[line.upperBound - 1] == 0x0D ? line.upperBound - 1 : line.upperBound
            return value..<max(value, last)
        }
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// Whether what stands before a colon ends with a text in double quotes that has escapes: it may spell any name.
    private static func isEscapedName(_ before: ArraySlice<UInt8>) -> Bool {
        let name = before[..<(before.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? before.startIndex)]
        guard name.last == UInt8(ascii: "\"") else { return false }
        let inside = name.dropLast()
        let opening = inside.lastIndex(of: UInt8(ascii: "\"")) ?? inside.startIndex
        return inside[opening...].contains(UInt8(ascii: "\\"))
    }

    /// Whether what follows a colon is a handle and nothing else but a comment, and not like a key.
    private static func isHandle(_ rest: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: rest, as: UTF8.self).split(separator: " #", maxSplits: 1).first ?? ""
        var word = text.drop { $0 == " " || $0 == "\t" }
        while let last = word.last, last.isWhitespace { word.removeLast() }
        if let quote = word.first, quote == "\"" || quote == "'", word.count > 1, word.last == quote {
            word = word.dropFirst().dropLast()
        }
        return Handle.isValid(word.utf8) && !isLikeAKey(String(word))
    }

    /// Whether a text could be a handle and is more likely a key: long, in one piece, of letters and digits.
    static func isLikeAKey(_ handle: String) -> Bool {
        handle.utf8.count >= 20 && !handle.utf8.contains(UInt8(ascii: "-"))
            && handle.utf8.contains(where: \.isASCIIDigit) && handle.utf8.contains(where: \.isASCIILetter)
    }
}
