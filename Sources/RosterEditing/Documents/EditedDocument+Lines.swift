// Insertion and removal of entries in block collections.

extension EditedDocument {
    func blockInsertions(_ lines: [String], _ items: [Item], after anchor: Int?) -> [[Splice]] {
        guard let first = items.first else { return [] }
        func before(_ item: Item) -> [Splice] {
            let column = column(of: item.start)
            let head = String(lines[0].dropFirst(column))
            let text = ([head] + lines.dropFirst()).joined(separator: lineEnd)
            return [.insert(text + lineEnd + String(repeating: " ", count: column), at: item.start)]
        }
        guard let anchor else { return [before(first)] }
        let end = endOfLine(items[anchor].end)
        let inserted = lines.map { lineEnd + $0 }.joined()
        var candidates: [[Splice]] = [[.insert(inserted, at: end)]]
        if items[anchor].endsInBlockScalar {
            let next = endOfBlankLines(startOfNextLine(end))
            if next > 0, bytes[next - 1] == UInt8(ascii: "\n") {
                candidates.append([.insert(lines.map { $0 + lineEnd }.joined(), at: next)])
            }
            candidates.append(before(items[anchor]))
            candidates.append(before(first))
        }
        return candidates
    }

    func blockRemovals(_ items: [Item], _ index: Int) -> [[Splice]] {
        let item = items[index]
        let end = endOfLine(item.end)
        guard isFirstOnLine(item.start) else {
            // The first entry of a list's element: the next one replaces it after the dash.
            guard index + 1 < items.count else { return [] }
            let gap = startOfNextLine(end)..<items[index + 1].start
            guard bytes[gap].allSatisfy({ Self.isBlank($0) }) else { return [[Splice(item.start..<end, "")]] }
            return [[Splice(item.start..<items[index + 1].start, "")]]
        }
        let start = startOfLine(item.start)
        let next = startOfNextLine(end)
        var candidates: [[Splice]] = []
        if next == bytes.count, bytes.last != UInt8(ascii: "\n"), start > 0 {
            candidates.append([Splice(endOfLine(start - lineEnd.utf8.count)..<next, "")])
        }
        candidates.append([Splice(start..<next, "")])
        // Blank lines that would become part of the preceding block scalar are removed too.
        candidates.append([Splice(start..<endOfBlankLines(next), "")])
        // A comment that would become text of the preceding block scalar is removed.
        let following = firstToken(in: next..<bytes.count).map { startOfLine($0) } ?? bytes.count
        candidates.append([Splice(start..<following, "")])
        return candidates
    }
}
