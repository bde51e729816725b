import RosterDiagnostics
import RosterFrontend
import YAMLSyntax

/// The lines and columns of one file, with excerpts of its lines.
///
/// It is created only for a file with findings.
struct PlaceResolver {
    private let path: String
    private let bytes: [UInt8]
    /// Offset of the first byte of each line.
    private let lineStarts: [Int]
    private let mask: KeyMask
    private let isUTF8: Bool
    /// The number of Unicode scalars preceding each block of bytes.
    private let scalarsBefore: [Int]

    /// The number of bytes that are shown on either side of a place.
    private static let windowRadius = 120

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        lineStarts = [0] + bytes.indices.lazy.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
        mask = KeyMask(bytes)
        isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        var counts = [0]
        for start in stride(from: 0, to: bytes.count, by: Self.blockSize) {
            counts.append(
                counts[counts.count - 1] + Self.scalars(bytes[start..<min(start + Self.blockSize, bytes.count)])
            )
        }
        scalarsBefore = counts
    }

    /// Lines can be as long as a file, so scalars are counted once for each block of bytes.
    private static let blockSize = 1_024

    private static func scalars(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }

    /// The number of scalars up to an offset, in text that is UTF-8.
    private func scalarCount(upTo offset: Int) -> Int {
        let block = offset / Self.blockSize
        return scalarsBefore[block] + Self.scalars(bytes[(block * Self.blockSize)..<offset])
    }

    func place(_ span: ByteSpan?) -> Diagnostic.Place {
        guard let span, Int(span.start) <= bytes.count else { return Diagnostic.Place(path: path) }
        var end = min(Int(span.end), bytes.count)
        // A span that ends with a line end looks one line longer than it is.
        while end > Int(span.start), bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        let start = Int(span.start)
        let (line, column) = position(start)
        let (endLine, endColumn) = position(end)
        return Diagnostic.Place(
            path: path,
            span: SourceSpan(
                line: line,
                column: column,
                endLine: endLine,
                endColumn: endColumn,
                byteColumn: start - lineStarts[line - 1] + 1,
                endByteColumn: end - lineStarts[endLine - 1] + 1,
                byteOffset: start,
                byteLength: end - start
            ),
            excerpt: excerpt(start..<end, line: line - 1)
        )
    }

    /// The hosts of the file's destinations, which messages about it may name.
    var hosts: [String] { mask.hosts.map { String(decoding: bytes[$0.range], as: UTF8.self) } }

    /// The text at a span, when some of it must not be shown.
    func hiddenText(at span: ByteSpan) -> String? {
        guard Int(span.end) <= bytes.count, let hidden = mask.spans(endingAfter: Int(span.start)).first,
            hidden.start < span.end, span.start < hidden.end
        else { return nil }
        return String(decoding: bytes[span.range], as: UTF8.self)
    }

    /// The line of an offset, from 0.
    func line(of offset: Int) -> Int {
        var (low, high) = (0, lineStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    private func position(_ offset: Int) -> (line: Int, column: Int) {
        let line = line(of: offset)
        guard isUTF8 || offset - lineStarts[line] > 1 << 16 else {
            // What is not text counts as the characters that replace it, unless the line is too long to decode each time.
            let text = String(decoding: bytes[lineStarts[line]..<offset], as: UTF8.self)
            return (line + 1, text.unicodeScalars.count + 1)
        }
        return (line + 1, scalarCount(upTo: offset) - scalarCount(upTo: lineStarts[line]) + 1)
    }

    private func excerpt(_ range: Range<Int>, line: Int) -> Excerpt {
        let lineStart = lineStarts[line]
        var lineEnd = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
        if lineEnd > lineStart, bytes[lineEnd - 1] == 0x0D { lineEnd -= 1 }
        let marked = range.lowerBound..<max(range.lowerBound, min(range.upperBound, lineEnd))
        let start = boundary(max(lineStart, marked.lowerBound - Self.windowRadius))
        let end = boundary(max(marked.lowerBound, min(lineEnd, marked.lowerBound + Self.windowRadius)))
        let (text, located) = mask.text(of: bytes, start..<end, locating: marked.clamped(to: start..<end))
        return Excerpt(
            text: text,
            caretOffset: located.lowerBound,
            caretLength: located.count,
            isCutAtStart: start > lineStart,
            isCutAtEnd: end < lineEnd
        )
    }

    /// The offset, moved back to where a character starts.
    private func boundary(_ offset: Int) -> Int {
        var offset = offset
        while offset > 0, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
        return offset
    }
}
