import RosterBytes

/// Finds the mistake that made libyaml give a file up.
///
/// It runs only for a broken file, reads lines as a person does, and returns nothing when it is not sure.
struct MistakeFinder {
    /// The place where libyaml stopped.
    let offset: Int
    /// The place where libyaml started to read what it could not finish.
    let context: Int?
    let lines: SourceLines
    /// The last value that libyaml read.
    let lastNode: ByteSpan?

    typealias Found = (mistake: YAMLMistake, span: ByteSpan)

    /// Returns the mistake and its place for one of libyaml's problems.
    func find(_ problem: String) -> Found? {
        let isLineWithoutColon = problem.contains("could not find expected ':'")
        let suspect = lines.line(at: isLineWithoutColon ? context ?? offset : offset)
        if let found = findInLine(suspect) { return found }
        for (words, search) in Self.searches where problem.contains(words) { return search(self)(suspect) }
        return nil
    }

    private static var searches: [(words: String, search: (Self) -> (SourceLines.Line) -> Found?)] {
        [
            ("could not find expected ':'", findNoColon), ("mapping values are not allowed", findColon),
            ("did not find expected key", findMisplacedKey), ("expected '-' indicator", findMisplacedKey),
            ("expected <document start>", findDocumentEnd), ("cannot start any token", findIndicator),
            ("sequence entries are not allowed", findIndicator), ("mapping keys are not allowed", findIndicator),
            ("did not find expected node content", findIndicator), ("comment or line break", findIndicatorInContext),
            ("alphabetic or numeric", findIndicatorInContext), ("tag", findIndicatorInContext),
            ("URI", findIndicatorInContext), ("whitespace or line break", findIndicatorInContext),
            ("unexpected end of stream", findUnclosedQuote), ("unexpected document indicator", findUnclosedQuote),
            ("escape character", findEscape), ("hexdecimal", findEscape), ("',' or ", findBracket),
        ]
    }

    func whole(_ line: SourceLines.Line) -> ByteSpan { ByteSpan(line.text) }

    func byte(_ offset: Int) -> ByteSpan { ByteSpan(min(offset, lines.count)..<min(offset + 1, lines.count)) }

    // MARK: - Lines that are not YAML at all

    /// Finds a mistake in a line that does not depend on other lines.
    private func findInLine(_ line: SourceLines.Line) -> Found? {
        if let tab = (line.start..<line.first).first(where: { lines[$0] == UInt8(ascii: "\t") }) {
            return (.tabIndentation, byte(tab))
        }
        if line.isEmpty, let tab = lines.tab(in: line) { return (.tabAlone, byte(tab)) }
        if lines.has("```", at: line.first) || lines.has("~~~", at: line.first) { return (.codeFence, whole(line)) }
        if ConflictMarkers.isMarker(line, in: lines) { return (.conflictMarker, whole(line)) }
        for candidate in [lines.firstContent(), line, lines.previousContent(line)].compactMap(\.self)
        where isOfDiff(candidate) {
            return (.diffLine, whole(candidate))
        }
        return nil
    }

    /// Returns whether a line is of the header of a diff, or is an added or removed line.
    private func isOfDiff(_ line: SourceLines.Line) -> Bool {
        let start = line.start
        let isAdded = lines[start] == UInt8(ascii: "+") && (lines[start + 1].isWordByte || lines[start + 1].isBlank)
        let isRemoved = lines[start] == UInt8(ascii: "-") && lines[start + 1].isLetter
        if (isAdded || isRemoved) && lines.keyColon(line) != nil { return true }
        return lines.has("diff --git ", at: start) || lines.has("@@ -", at: start) || lines.has("--- a/", at: start)
            || lines.has("--- /dev/null", at: start) || lines.has("+++ b/", at: start)
    }

    // MARK: - Quotes and brackets

    private func findUnclosedQuote(_: SourceLines.Line) -> Found? {
        context.map { (.unclosedQuote, byte($0)) }
    }

    private func findEscape(_ line: SourceLines.Line) -> Found? {
        guard let context, context >= line.start else { return nil }
        let end = lines.endOfQuotes(from: context, before: line.end)
        return end.map { (.unknownEscape(ByteSpan(context..<$0)), byte(offset)) }
    }

    private func findBracket(_ line: SourceLines.Line) -> Found? {
        guard let context else { return nil }
        if let comment = foreignComment(from: context, to: line.end) { return (.foreignComment, comment) }
        guard hasClosingBracket(from: context) else { return (.unclosedBracket, byte(context)) }
        let isFirst = line.first == offset || lines.contentStart(line) == context
        let isKeyFirst = lines.keyColon(line) == offset
        if line.start == lines.line(at: context).start { return findMissingComma(line) }
        guard isFirst || isKeyFirst, let previous = lines.previousContent(line),
            previous.start >= lines.line(at: context).start
        else { return nil }
        let end = lines.endOfValue(from: previous.first, in: previous)
        return end > previous.first ? (.missingComma, byte(end - 1)) : nil
    }

    /// Finds two entries on a line with only a space between them: `{a: b c: d}`.
    private func findMissingComma(_ line: SourceLines.Line) -> Found? {
        guard lines[offset] == UInt8(ascii: ":") else { return nil }
        var start = offset
        while start > line.first, lines[start - 1].isWordByte { start -= 1 }
        guard start < offset, lines[start - 1] == UInt8(ascii: " ") else { return nil }
        return (.missingComma, byte(start - 1))
    }

    /// Returns the place of a comment that starts with `//` or `/*`, outside quotes.
    private func foreignComment(from start: Int, to end: Int) -> ByteSpan? {
        var offset = start
        while offset < end {
            if lines[offset] == UInt8(ascii: "\"") {
                guard let quoted = lines.endOfQuotes(from: offset, before: end) else { return nil }
                offset = quoted
                continue
            }
            let isComment = lines.has("//", at: offset) || lines.has("/*", at: offset)
            if isComment, offset > 0, lines[offset - 1].isBlankOrLineEnd || lines[offset - 1] == UInt8(ascii: ",") {
                return ByteSpan(offset..<offset + 2)
            }
            offset += 1
        }
        return nil
    }

    private func hasClosingBracket(from start: Int) -> Bool {
        var depth = 0
        var offset = start
        while offset < lines.count {
            switch lines[offset] {
            case UInt8(ascii: "\""):
                offset = lines.endOfQuotes(from: offset, before: lines.count) ?? lines.count
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return true }
            default: break
            }
            offset += 1
        }
        return false
    }

    // MARK: - Values

    private func findIndicator(_ line: SourceLines.Line) -> Found? {
        guard offset > line.first, offset < line.end else { return nil }
        if let value = lines.value(line), Int(value.start) == offset {
            return (.indicatorStartsValue(value), byte(offset))
        }
        // An entry in brackets.
        var end = offset
        while end < line.end, !",]}".utf8.contains(lines[end]) { end += 1 }
        return end > offset ? (.indicatorStartsValue(ByteSpan(offset..<end)), byte(offset)) : nil
    }

    private func findIndicatorInContext(_: SourceLines.Line) -> Found? {
        guard let context else { return nil }
        let line = lines.line(at: context)
        guard let value = lines.value(line), Int(value.start) == context else { return nil }
        return (.indicatorStartsValue(value), byte(context))
    }
}
