extension LayoutCheck {
    /// The header of a block scalar, and where its text is.
    private struct BlockScalar {
        let start: Int
        /// The end of the last line with visible text.
        let end: Int
        let isFolded: Bool
        var chomping: UInt8?
        /// The number of blanks that the header demands in addition to the parent's.
        var indentation: Int?
        /// The column of the text; nil when there is none.
        var column: Int?
        var firstLine = 0
        /// A Boolean value that indicates whether an empty line before the text has blanks.
        var hasBlanks = false
    }

    /// Checks the header of a block scalar, and the lines of its text.
    mutating func checkBlockScalar(_ index: YAMLNodeIndex, _ tree: borrowing YAMLTree) {
        let node = tree[index]
        let start = Int(node.span.start)
        var scalar = BlockScalar(start: start, end: Int(node.span.end), isFolded: node.kind == .folded)
        var offset = start + 1
        while true {
            let byte = self[offset]
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
                scalar.chomping = byte
            } else if byte &- UInt8(ascii: "0") < 10 {
                scalar.indentation = Int(byte - UInt8(ascii: "0"))
            } else {
                break
            }
            offset += 1
        }
        if self[offset] == UInt8(ascii: "#") { report(.commentWithoutBlank, at: offset) }
        scalar.firstLine = endOfLine(offset) + 1
        findColumn(of: &scalar)
        let length = tree.contentLength(of: index)
        // Text that libyaml does not see, since it is indented less than the empty lines, was reported at its place.
        let hasHiddenText = scalar.column != nil && scalar.indentation == nil
        let isEmpty = length == 0 && scalar.chomping != UInt8(ascii: "-") && !hasHiddenText
        if isEmpty || scalar.column == nil && scalar.hasBlanks { report(.emptyBlockScalar, at: start) }
        checkEnd(of: scalar)
        guard let column = scalar.column else { return }
        let header = startOfLine(start)
        if (header..<start).allSatisfy({ self[$0].isBlank }), column <= start - header {
            report(.textNotIndentedBelowHeader, at: firstText(of: scalar, column))
        }
        if scalar.indentation != nil, length > 0, unsafe tree.withBytes(of: index, { unsafe $0.endsInBlankLine }) {
            report(.invisibleLastLine, at: max(start, scalar.end - 1))
        }
        if scalar.isFolded { checkFolding(of: scalar, column) }
    }

    /// Finds the column of a block scalar's text, and checks the empty lines that precede it.
    private mutating func findColumn(of scalar: inout BlockScalar) {
        let parent = levels.last?.indent ?? -1
        if let indentation = scalar.indentation {
            scalar.column = max(parent, 0) + indentation
            return
        }
        var longest = 0
        var offset = scalar.firstLine
        while offset < count {
            let start = offset
            while self[offset] == UInt8(ascii: " ") { offset += 1 }
            if self[offset].isLineEnd {
                longest = max(longest, offset - start)
                if longest > 0 { scalar.hasBlanks = true }
                offset = endOfLine(offset) + 1
                continue
            }
            guard offset - start > parent else { return }
            scalar.column = offset - start
            if longest > offset - start { report(.lessIndentedThanEmptyLines, at: offset) }
            return
        }
    }

    private func firstText(of scalar: BlockScalar, _ column: Int) -> Int {
        var offset = scalar.firstLine
        while offset < count, self[offset].isBlankOrLineEnd { offset += 1 }
        return min(offset, max(0, count - 1))
    }

    /// Checks the blanks that end the file, if it ends with the scalar.
    private mutating func checkEnd(of scalar: BlockScalar) {
        guard scalar.chomping != UInt8(ascii: "-"), self[count - 1] == UInt8(ascii: " ") else { return }
        // Only the last of many scalars is searched beyond the text that follows.
        guard (scalar.end..<count).allSatisfy({ self[$0].isBlankOrLineEnd }) else { return }
        let line = startOfLine(count)
        guard line >= scalar.firstLine, (line..<count).allSatisfy({ self[$0] == UInt8(ascii: " ") }) else { return }
        let blanks = count - line
        let isReadDifferently =
            scalar.chomping == nil ? blanks == scalar.column : scalar.column.map { blanks <= $0 } ?? true
        if isReadDifferently { report(.blanksAtEndOfFile, at: line) }
    }

    /// Checks a folded text for lines that follow an empty line and are indented by one blank.
    private mutating func checkFolding(of scalar: BlockScalar, _ column: Int) {
        var wasText = false
        var isAfterEmpty = false
        var offset = scalar.firstLine
        while offset < scalar.end {
            let end = endOfLine(offset)
            var first = offset
            while self[first] == UInt8(ascii: " "), first - offset < column { first += 1 }
            if self[first].isLineEnd {
                isAfterEmpty = true
            } else {
                let isIndented = self[first].isBlank
                if wasText, isAfterEmpty, isIndented, !self[first + 1].isBlankOrLineEnd {
                    report(.foldedLineIndentedByOne, at: first)
                }
                wasText = !isIndented
                isAfterEmpty = false
            }
            offset = end + 1
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// A Boolean value that indicates whether the last line that is not empty has only blanks.
    fileprivate var endsInBlankLine: Bool {
        var end = count
        while unsafe end > 0 && self[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        return unsafe end > 0 && self[..<end].reversed().prefix { $0 != UInt8(ascii: "\n") }.allSatisfy(\.isBlank)
    }
}
