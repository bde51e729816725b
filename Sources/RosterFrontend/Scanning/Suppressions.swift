package import YAMLSyntax

/// A comment that silences a warning: `# roster:allow <rule> <reason>`.
package struct Suppression: Sendable {
    package var rule: String
    package var hasReason: Bool
    /// The comment, from `#` to the end of its line.
    package var span: ByteSpan
    /// The lines that it applies to, from 0: its own line, and the next one when it is alone on its line.
    package var lines: ClosedRange<Int>
}

/// Finds the suppressions of a file.
package enum Suppressions {
    private static let marker = ByteMarker("roster:allow", rare: "w")

    /// Returns whether the file contains `roster:allow`, in a comment or not.
    package static func mayOccur(in bytes: [UInt8]) -> Bool { marker.isIn(bytes) }

    /// Returns the suppressions in comments; the text of a scalar is ignored.
    package static func find(in tree: borrowing YAMLTree) -> [Suppression] {
        var result: [Suppression] = []
        let bytes = tree.source
        var scalars: [ByteSpan] = []
        for node in tree.nodes where node.isScalar && !node.span.isEmpty { scalars.append(node.span) }
        var nextScalar = 0
        var line = 0
        var lineStart = 0
        var offset = 0
        while offset < bytes.count {
            while nextScalar < scalars.count, Int(scalars[nextScalar].end) <= offset { nextScalar += 1 }
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\n") {
                line += 1
                lineStart = offset + 1
            } else if byte == UInt8(ascii: "#"),
                offset == lineStart || bytes[offset - 1] == UInt8(ascii: " ")
                    || bytes[offset - 1] == UInt8(ascii: "\t"),
                !(nextScalar < scalars.count && scalars[nextScalar].contains(offset))
            {
                let end = bytes[offset...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
                let isAlone = bytes[lineStart..<offset].allSatisfy { $0 == 0x20 || $0 == 0x09 }
                if let found = read(bytes, offset..<end, line: line, isAlone: isAlone) { result.append(found) }
                offset = end
                continue
            }
            offset += 1
        }
        return result
    }

    private static func read(_ bytes: [UInt8], _ range: Range<Int>, line: Int, isAlone: Bool) -> Suppression? {
        let text = String(decoding: bytes[range].drop { $0 == UInt8(ascii: "#") }, as: UTF8.self)
        let words = text.split { $0 == " " || $0 == "\t" }
        guard words.first == "roster:allow" else { return nil }
        return Suppression(
            rule: words.count > 1 ? String(words[1]) : "",
            hasReason: words.count > 2,
            span: ByteSpan(range),
            lines: line...(isAlone ? line + 1 : line)
        )
    }
}
