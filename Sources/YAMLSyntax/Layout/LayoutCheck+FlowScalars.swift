extension LayoutCheck {
    /// Checks the lines of a plain or quoted text.
    mutating func checkFlowScalar(_ node: YAMLNode) {
        let isFlow = levels.last?.isFlow == true
        let range = node.span.range
        if node.kind == .plain, isFlow { checkIndicators(in: range) }
        let layout: YAMLLayout = isFlow ? .bracketLineNotIndented : .lineNotIndented
        var isEscaped = false
        for offset in range {
            let byte = self[offset]
            if byte == UInt8(ascii: "\n") {
                // An empty line of plain text is the gap between two of its lines.
                checkLine(at: offset + 1, layout, inGap: node.kind == .plain)
            }
            guard node.kind == .doubleQuoted else { continue }
            if isEscaped {
                checkEscape(at: offset)
                isEscaped = false
            } else {
                isEscaped = byte == UInt8(ascii: "\\")
            }
        }
    }

    /// Checks a plain text in brackets for indicators that are followed by no text.
    private mutating func checkIndicators(in range: Range<Int>) {
        let (first, second) = (self[range.lowerBound], self[range.lowerBound + 1])
        let isIndicator = first == UInt8(ascii: "-") || first == UInt8(ascii: "?") || first == UInt8(ascii: ":")
        if isIndicator, second.isBlankOrLineEnd || second.isFlowIndicator {
            report(.indicatorInBrackets, at: range.lowerBound)
            return
        }
        let last = range.upperBound - 1
        if last > range.lowerBound, self[last] == UInt8(ascii: "-"), self[last - 1].isBlankOrLineEnd,
            self[range.upperBound].isFlowIndicator
        {
            report(.indicatorInBrackets, at: last)
        }
    }

    /// Checks what follows the byte at `offset`, which follows a backslash.
    private mutating func checkEscape(at offset: Int) {
        var next = offset
        switch self[offset] {
        case UInt8(ascii: "\\"):
            next += 1
            while self[next].isBlank { next += 1 }
            if next > offset + 1, self[next].isLineEnd { report(.blanksAfterBackslash, at: offset + 1) }
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            next = endOfLine(offset) + 1
            while self[next].isBlank { next += 1 }
            if self[next].isLineEnd { report(.escapedLineEndAtEmptyLine, at: offset - 1) }
        default: break
        }
    }
}

extension UInt8 {
    fileprivate var isFlowIndicator: Bool {
        switch self {
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
        default: false
        }
    }
}
