/// A search for the markers of git around the two sides of a conflict.
enum ConflictMarkers {
    /// The length of a marker; the attribute `conflict-marker-size` and nested conflicts make it longer.
    private static let shortest = 7

    /// Returns the conflicts in a file: a start, a separator and an end of one length, in this order.
    static func conflicts(in lines: SourceLines) -> [YAMLConflict] {
        var conflicts: [YAMLConflict] = []
        var start: (line: ByteSpan, length: Int)?
        var hasSeparator = false
        lines.forEachMarker { mark, length, line in
            // A nested conflict has longer markers.
            if mark == UInt8(ascii: "<"), start == nil || length <= start?.length ?? 0 {
                start = (line, length)
                hasSeparator = false
            } else if let open = start, length == open.length {
                if mark == UInt8(ascii: "=") { hasSeparator = true }
                guard mark == UInt8(ascii: ">"), hasSeparator else { return }
                conflicts.append(YAMLConflict(start: open.line, end: line))
                start = nil
                hasSeparator = false
            }
        }
        return conflicts
    }

    /// Returns whether a line is a marker.
    static func isMarker(_ line: SourceLines.Line, in lines: SourceLines) -> Bool {
        length(ofMarkerAt: line, in: lines) != nil
    }

    /// Returns the number of equal characters that start a marker, or nil for another line.
    static func length(ofMarkerAt line: SourceLines.Line, in lines: SourceLines) -> Int? {
        let mark = lines[line.start]
        guard "<=>|".utf8.contains(mark) else { return nil }
        var end = line.start
        while end < line.end, lines[end] == mark { end += 1 }
        // The separator has no label.
        let isWhole = mark == UInt8(ascii: "=") ? end == line.end : end == line.end || lines[end] == UInt8(ascii: " ")
        return isWhole && end - line.start >= shortest ? end - line.start : nil
    }
}

extension SourceLines {
    /// Calls `body` with the character, the length and the line of each marker.
    fileprivate func forEachMarker(_ body: (_ mark: UInt8, _ length: Int, _ line: ByteSpan) -> Void) {
        var offset = 0
        while offset < count {
            let line = line(at: offset)
            if let length = ConflictMarkers.length(ofMarkerAt: line, in: self) {
                body(self[line.start], length, ByteSpan(line.start..<line.end))
            }
            offset = line.end
            while self[offset] != UInt8(ascii: "\n") { offset += 1 }
            offset += 1
        }
    }
}
