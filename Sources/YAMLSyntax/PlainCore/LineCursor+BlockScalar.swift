import Glibc

extension LineCursor {
    /// Adds `|` or `>` and the lines that follow, as libyaml folds and chomps them.
    ///
    /// The first line is the one that sets the indentation; an indentation that is written down, or a blank first line, is
    /// libyaml's.
    mutating func readBlockScalar(below parentIndent: Int, into tree: inout YAMLTree) -> Bool {
        let first = offset
        let isLiteral = byte == UInt8(ascii: "|")
        advance(1)
        let chomping = byte
        if chomping == UInt8(ascii: "-") || chomping == UInt8(ascii: "+") { advance(1) }
        skipBlanks()
        guard offset < end, byte == UInt8(ascii: "\n") else { return false }
        advance(1)
        let indent = blanks(from: offset, atMost: .max)
        guard indent > parentIndent, self[offset + indent] != UInt8(ascii: "\n") else { return false }

        let decodedStart = tree.decoded.count
        var last = first + 1
        var hasBreak = false
        var blankLines = 0
        var isIndented = false
        while offset < end {
            let blanks = blanks(from: offset, atMost: indent)
            let content = offset + blanks
            // Blanks at the end of the file are left to the reader that checks the layout.
            guard content < end else { return false }
            if self[content] == UInt8(ascii: "\n") {
                blankLines += 1
                offset = content + 1
                continue
            }
            guard blanks == indent else {
                if self[content] == UInt8(ascii: "\t") { return false }
                break
            }
            let wasIndented = isIndented
            isIndented = self[content] == UInt8(ascii: " ") || self[content] == UInt8(ascii: "\t")
            // libyaml refuses a tab after the blanks of the first line, which set the indentation.
            if isIndented, !hasBreak || !isLiteral && blankLines > 0 { return false }
            if hasBreak {
                let isFolded = !isLiteral && !wasIndented && !isIndented
                if !isFolded {
                    tree.decoded.append(UInt8(ascii: "\n"))
                } else if blankLines == 0 {
                    tree.decoded.append(UInt8(ascii: " "))
                }
            }
            tree.appendBreaks(blankLines)
            blankLines = 0
            offset = content
            skipLine()
            hasBreak = self[offset - 1] == UInt8(ascii: "\n")
            let lineEnd = hasBreak ? offset - 1 : offset
            unsafe tree.decoded.append(
                contentsOf: UnsafeBufferPointer(start: start + content, count: lineEnd - content)
            )
            if let visible = lastVisible(content..<lineEnd) { last = visible + 1 }
        }
        // The last line of a file has a line end even where the byte is missing.
        if chomping != UInt8(ascii: "-") { tree.decoded.append(UInt8(ascii: "\n")) }
        if chomping == UInt8(ascii: "+") { tree.appendBreaks(blankLines) }
        tree.append(
            isLiteral ? .literal : .folded,
            ByteSpan(first..<last),
            content: ByteSpan(decodedStart..<tree.decoded.count),
            isVerbatim: false
        )
        return true
    }

    private func blanks(from offset: Int, atMost limit: Int) -> Int {
        var count = 0
        while offset + count < end, self[offset + count] == UInt8(ascii: " "), count < limit { count += 1 }
        return count
    }

    private func lastVisible(_ range: Range<Int>) -> Int? {
        range.last { self[$0] != UInt8(ascii: " ") && self[$0] != UInt8(ascii: "\t") }
    }
}

extension YAMLTree {
    fileprivate mutating func appendBreaks(_ count: Int) {
        for _ in 0..<count { decoded.append(UInt8(ascii: "\n")) }
    }
}
