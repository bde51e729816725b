extension LineCursor {
    /// Adds the value at the cursor, and moves past its lines; returns false for a value outside the plain core.
    ///
    /// `indent` is the column of the key or dash that it belongs to.
    mutating func readValue(below indent: Int, into tree: inout YAMLTree) -> Bool {
        switch byte {
        case UInt8(ascii: "\""): guard readDoubleQuoted(into: &tree) else { return false }
        case UInt8(ascii: "'"): guard readSingleQuoted(into: &tree) else { return false }
        case UInt8(ascii: "["), UInt8(ascii: "{"): guard readFlow(into: &tree, depth: 0) else { return false }
        case UInt8(ascii: "|"), UInt8(ascii: ">"): return readBlockScalar(below: indent, into: &tree)
        default: return readPlain(into: &tree)
        }
        guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: " ") else { return false }
        skipBlanks()
        guard isAtEndOfLine else { return false }
        skipLine()
        return true
    }

    private mutating func readPlain(into tree: inout YAMLTree) -> Bool {
        guard byte.startsPlainText(before: next) else { return false }
        let first = offset
        var offset = first + 1
        var hasComment = false
        while offset < end {
            offset = nextSpecial(from: offset)
            guard offset < end else { break }
            let byte = unsafe start[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: ":"):
                let following = self[offset]
                guard following != UInt8(ascii: " "), following != UInt8(ascii: "\n") else { return false }
                continue
            case UInt8(ascii: "#"):
                guard unsafe start[offset - 2] == UInt8(ascii: " ") else { continue }
                hasComment = true
            case UInt8(ascii: "\n"): break
            default: return false
            }
            offset -= 1
            break
        }
        self.offset = offset
        var last = offset
        while unsafe start[last - 1] == UInt8(ascii: " ") { last -= 1 }
        let span = ByteSpan(first..<last)
        tree.append(.plain, span, content: span)
        if hasComment { skipLine() } else { self.offset += 1 }
        return true
    }

    /// Returns the offset of the next byte that is special in plain text, or the end.
    private func nextSpecial(from start: Int) -> Int {
        var offset = start
        let bytes = unsafe UnsafeRawPointer(self.start)
        while offset + 8 <= end {
            let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
            let position = word.firstSpecialInPlainText
            offset += position
            if position < 8 { return offset }
        }
        while unsafe offset < end && !self.start[offset].isSpecialInPlainText { offset += 1 }
        return offset
    }

    mutating func readSingleQuoted(into tree: inout YAMLTree) -> Bool {
        let first = offset
        advance(1)
        while offset < end, byte != UInt8(ascii: "'") {
            guard byte.isOrdinaryInQuotes else { return false }
            advance(1)
        }
        guard offset < end, next != UInt8(ascii: "'") else { return false }
        advance(1)
        tree.append(.singleQuoted, ByteSpan(first..<offset), content: ByteSpan(first + 1..<offset - 1))
        return true
    }

    mutating func readDoubleQuoted(into tree: inout YAMLTree) -> Bool {
        let first = offset
        let decodedStart = tree.decoded.count
        var isVerbatim = true
        advance(1)
        while offset < end, byte != UInt8(ascii: "\"") {
            guard byte.isOrdinaryInQuotes else { return false }
            if byte == UInt8(ascii: "\\") {
                if isVerbatim { unsafe tree.decoded.append(contentsOf: bytes(first + 1..<offset)) }
                isVerbatim = false
                advance(1)
                guard let escaped = byte.simpleEscape else { return false }
                tree.decoded.append(escaped)
            } else if !isVerbatim {
                tree.decoded.append(byte)
            }
            advance(1)
        }
        guard offset < end else { return false }
        advance(1)
        let content = isVerbatim ? first + 1..<offset - 1 : decodedStart..<tree.decoded.count
        tree.append(.doubleQuoted, ByteSpan(first..<offset), content: ByteSpan(content), isVerbatim: isVerbatim)
        return true
    }

    private func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(start: start + range.lowerBound, count: range.count)
    }
}
