extension MistakeFinder {
    // MARK: - Lines without a colon

    /// Finds what is wrong with a line that has no key.
    func findNoColon(_ line: SourceLines.Line) -> Found? {
        guard !line.isEmpty else { return nil }
        let first = lines[line.first]
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'"),
            lines.endOfQuotes(from: line.first, before: line.end) == nil
        {
            return (.unclosedQuote, byte(line.first))
        }
        if let above = lines.previousContent(line), lines.startsBlockOfText(above), let key = lines.key(above) {
            return (.textNotIndented(key: key), byte(line.first))
        }
        if lines.has("//", at: line.first) || lines.has("/*", at: line.first) || lines.has("*/", at: line.first) {
            return (.foreignComment, ByteSpan(line.first..<line.first + 2))
        }
        if first == UInt8(ascii: "["), lines[line.end - 1] == UInt8(ascii: "]") { return (.heading, whole(line)) }
        if line.text.dropFirst().contains(where: { lines.has(" <<", at: $0) }) { return (.hereDocument, whole(line)) }
        for word: StaticString in ["EOF", "EOT", "EOL", "YAML", "END"]
        where lines.has(word, at: line.first) && line.text.count == word.utf8CodeUnitCount {
            return (.hereDocument, whole(line))
        }
        return findAfterWord(line) ?? (.lineWithoutColon, whole(line))
    }

    /// Finds what follows the first word of a line in place of a colon and a space.
    private func findAfterWord(_ line: SourceLines.Line) -> Found? {
        let start = lines.contentStart(line)
        var end = start
        while end < line.end, lines[end].isWordByte { end += 1 }
        guard end > start else { return nil }
        if lines.has("：", at: end) { return (.fullWidthColon, ByteSpan(end..<end + 3)) }
        if lines[end] == UInt8(ascii: ":") {
            if lines.has("\u{A0}", at: end + 1) { return (.noBreakSpaceAfterColon, ByteSpan(end + 1..<end + 3)) }
            let isAddress = lines.has("://", at: end)
            return isAddress || end + 1 == line.end ? nil : (.noSpaceAfterColon, byte(end + 1))
        }
        var sign = end
        while lines[sign].isBlank { sign += 1 }
        if lines.has("：", at: sign) { return (.fullWidthColon, ByteSpan(sign..<sign + 3)) }
        return lines[sign] == UInt8(ascii: "=") ? (.equalsSign, byte(sign)) : nil
    }

    // MARK: - Colons

    /// Finds why a colon is not allowed: in a value, or in a line that continues the text above.
    func findColon(_ line: SourceLines.Line) -> Found? {
        guard let colon = lines.keyColon(line) else { return nil }
        if offset > colon {
            guard let value = lines.value(line), value.contains(offset) || Int(value.end) == offset else { return nil }
            return (.colonInValue(value), byte(offset))
        }
        // The first of the lines above at the same column that have no key started the text.
        var text: SourceLines.Line?
        var above = lines.previousContent(line)
        while let candidate = above, candidate.indent == line.indent, lines.keyColon(candidate) == nil,
            lines.contentStart(candidate) == candidate.first
        {
            text = candidate
            above = lines.previousContent(candidate)
        }
        if let text { return findInText(text) }
        return findMisplacedKey(line)
    }

    private func findInText(_ line: SourceLines.Line) -> Found? {
        if lines.has("```", at: line.first) || lines.has("~~~", at: line.first) { return (.codeFence, whole(line)) }
        return findNoColon(line)
    }

    // MARK: - Indentation

    /// Finds a line with another indentation than its siblings, and text after a value.
    func findMisplacedKey(_ line: SourceLines.Line) -> Found? {
        guard offset == line.first || lines.keyColon(line) == offset else { return findTextAfterValue(line) }
        guard let (nearest, levels) = levels(above: line) else { return nil }
        let found = line.indent
        if found > nearest.indent {
            let surplus = ByteSpan(line.start + nearest.indent..<line.first)
            return (.indentation(YAMLIndentation(found: found, expected: nearest)), surplus)
        }
        guard let deeper = levels.last(where: { $0.indent > found }), !levels.contains(where: { $0.indent == found })
        else { return nil }
        let outer = levels.first { $0.indent < found }
        let span = found > 0 ? ByteSpan(line.start..<line.first) : byte(line.first)
        return (.indentation(YAMLIndentation(found: found, expected: deeper, outer: outer)), span)
    }

    /// Returns the mappings that are open above a line, the innermost one first.
    private func levels(above line: SourceLines.Line) -> (YAMLIndentation.Level, [YAMLIndentation.Level])? {
        var levels: [YAMLIndentation.Level] = []
        var above = lines.previousContent(line)
        while let candidate = above {
            if lines.keyColon(candidate) != nil {
                let indent = lines.contentStart(candidate) - candidate.start
                if let last = levels.indices.last, levels[last].indent > indent {
                    levels[last].owner = lines.key(candidate)
                    levels[last].isText = lines.startsBlockOfText(candidate)
                }
                if indent < levels.last?.indent ?? .max { levels.append(YAMLIndentation.Level(indent: indent)) }
                if indent == 0 { break }
            }
            above = lines.previousContent(candidate)
        }
        return levels.first.map { ($0, levels) }
    }

    private func findTextAfterValue(_ line: SourceLines.Line) -> Found? {
        if let lastNode, Int(lastNode.end) <= offset, Int(lastNode.start) < line.start,
            lines[Int(lastNode.start)] == UInt8(ascii: "\"") || lines[Int(lastNode.start)] == UInt8(ascii: "'")
        {
            return (.unclosedQuote, byte(Int(lastNode.start)))
        }
        guard let value = lines.value(line), value.contains(offset), Int(value.start) < offset,
            "\"'[{".utf8.contains(lines[Int(value.start)])
        else { return nil }
        return (.textAfterValue(value), byte(offset))
    }

    /// Finds why a file goes on after its only value.
    func findDocumentEnd(_ line: SourceLines.Line) -> Found? {
        guard let first = lines.firstContent() else { return nil }
        if lines.keyColon(first) != nil, first.indent > line.indent {
            let level = YAMLIndentation.Level(indent: line.indent)
            let surplus = ByteSpan(first.start + line.indent..<first.first)
            return (.indentation(YAMLIndentation(found: first.indent, expected: level)), surplus)
        }
        if lines[first.start] == UInt8(ascii: "["), lines[first.end - 1] == UInt8(ascii: "]"),
            lines.keyColon(line) != nil
        {
            return (.heading, whole(first))
        }
        return (.textAfterDocument, byte(offset))
    }
}
