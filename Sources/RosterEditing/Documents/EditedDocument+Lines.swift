// One more entry in lines of its own, and one less.

extension EditedDocument {
    func blockInsertions(_ lines: [String], _ items: [Item], behind anchor: Int?) -> [[Splice]] {
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
            let next = behindBlankLines(startOfNextLine(end))
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
            // The first entry of a list's element: the next takes its place behind the dash.
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
        // Blank lines that would run on into the block scalar before them go as well.
        candidates.append([Splice(start..<behindBlankLines(next), "")])
        // A comment that would become text of the block scalar before it cannot stay.
        let behind = firstToken(in: next..<bytes.count).map { startOfLine($0) } ?? bytes.count
        candidates.append([Splice(start..<behind, "")])
        return candidates
    }
}
