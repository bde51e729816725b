import RosterBytes

/// The position of a block in a PEM text (RFC 7468), which may have comments between its blocks.
package struct PEMBlock: Hashable, Sendable {
    /// The kind of content, such as `PUBLIC KEY`.
    package let label: String
    /// The number of the line that begins the block, from 1.
    package let line: Int
    /// The offsets of the base64 text, with its line ends.
    package let body: Range<Int>

    /// A line that is not allowed where it is.
    package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// The number of the line, from 1.
        package let line: Int
        /// The message, such as `the block has no END line`.
        package let message: String

        package var description: String { "line \(line): \(message)" }
    }

    /// Returns the blocks of a text in their order.
    package static func find<Bytes: RandomAccessCollection<UInt8>>(
        in text: Bytes
    ) throws(Problem) -> [PEMBlock] where Bytes.Index == Int {
        var blocks: [PEMBlock] = []
        var open: (label: String, line: Int, start: Int)?
        var (start, number) = (text.startIndex, 0)
        while start < text.endIndex {
            number += 1
            let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
            let line = text[start..<end]
            let next = min(end + 1, text.endIndex)
            if let label = label(of: line, after: "-----BEGIN ") {
                guard open == nil else { throw Problem(line: number, message: "the preceding block has no END line") }
                open = (label, number, next)
            } else if let label = label(of: line, after: "-----END ") {
                guard let block = open, block.label == label else {
                    throw Problem(line: number, message: "no block \"\(label)\" begins before this END line")
                }
                blocks.append(PEMBlock(label: label, line: block.line, body: block.start..<start))
                open = nil
            }
            start = next
        }
        if let open { throw Problem(line: open.line, message: "the block has no END line") }
        return blocks
    }

    /// Returns the label of a line that begins or ends a block; nil for every other line.
    private static func label<Bytes: RandomAccessCollection<UInt8>>(
        of line: Bytes,
        after prefix: String
    ) -> String? where Bytes.Index == Int {
        var end = line.endIndex
        while end > line.startIndex, [0x20, 0x09, 0x0D].contains(line[end - 1]) { end -= 1 }
        let text = line[line.startIndex..<end]
        let dashes = "-----"
        guard text.count > prefix.utf8.count + dashes.utf8.count, text.count <= 100, text.starts(with: prefix.utf8),
            text.suffix(dashes.utf8.count).elementsEqual(dashes.utf8)
        else { return nil }
        let label = text.dropFirst(prefix.utf8.count).dropLast(dashes.utf8.count)
        // The capitals, digits and spaces of the labels that are in use; anything else is a comment.
        guard label.allSatisfy({ 0x20 == $0 || 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 }) else { return nil }
        return String(decoding: label, as: UTF8.self)
    }
}
