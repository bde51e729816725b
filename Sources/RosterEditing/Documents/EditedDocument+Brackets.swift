import YAMLSyntax

// Insertion and removal of entries in flow collections.

extension EditedDocument {
    func flowInsertion(_ item: String, _ items: [Item], after anchor: Int?, in node: YAMLNodeIndex) -> [Splice] {
        guard let anchor else {
            guard let first = items.first else {
                let inside = range(of: node).lowerBound + 1
                let needsBlank = inside < bytes.count && bytes[inside] == UInt8(ascii: "#")
                return [.insert(item + (needsBlank ? " " : ""), at: inside)]
            }
            guard isFirstOnLine(first.start) else { return [.insert(item + ", ", at: first.start)] }
            let indent = String(repeating: " ", count: column(of: first.start))
            return [.insert(item + "," + lineEnd + indent, at: first.start)]
        }
        let end = items[anchor].end
        guard isFirstOnLine(items[anchor].start), let comma = ownLine(items, anchor, in: node) else {
            return [.insert(", " + item, at: end)]
        }
        let line = lineEnd + String(repeating: " ", count: column(of: items[anchor].start)) + item
        guard comma == nil else { return [.insert(line + ",", at: endOfLine(end))] }
        return endOfLine(end) == end
            ? [.insert("," + line, at: end)] : [.insert(",", at: end), .insert(line, at: endOfLine(end))]
    }

    func flowRemoval(_ items: [Item], _ index: Int, in node: YAMLNodeIndex) -> [Splice] {
        let item = items[index]
        let isLast = index + 1 == items.count
        let comma = commaAfter(items, index, in: node)
        if isFirstOnLine(item.start), let onLine = ownLine(items, index, in: node) {
            var splices = [Splice(startOfLine(item.start)..<startOfNextLine(item.end), "")]
            if isLast, onLine == nil, index > 0, let before = commaAfter(items, index - 1, in: node) {
                splices.append(Splice(before..<before + 1, ""))
            }
            return splices
        }
        guard index > 0 else {
            if isLast { return [Splice(item.start..<(comma.map { $0 + 1 } ?? item.end), "")] }
            let next = items[1].start
            guard let comma, bytes[comma..<next].contains(UInt8(ascii: "#")) else {
                return [Splice(item.start..<next, "")]
            }
            return [Splice(item.start..<comma + 1, "")]
        }
        guard let before = commaAfter(items, index - 1, in: node) else { return [] }
        // If there is a comment in between, only the item and the comma are removed.
        if bytes[before..<item.start].contains(UInt8(ascii: "#")) {
            return [Splice(before..<before + 1, ""), Splice(item.start..<item.end, "")]
        }
        return [Splice(items[index - 1].end..<item.end, "")]
    }

    /// Returns the offset of the comma after an item; nil if there is none.
    private func commaAfter(_ items: [Item], _ index: Int, in node: YAMLNodeIndex) -> Int? {
        let limit = index + 1 < items.count ? items[index + 1].start : range(of: node).upperBound
        guard let token = firstToken(in: items[index].end..<limit), bytes[token] == UInt8(ascii: ",") else {
            return nil
        }
        return token
    }

    /// Returns the range between a collection's brackets.
    func inside(_ node: YAMLNodeIndex) -> Range<Int> {
        let range = range(of: node)
        return range.lowerBound + 1..<max(range.lowerBound + 1, range.upperBound - 1)
    }

    /// Returns the end of the item's comma if nothing else of the collection follows on the item's last line.
    private func ownLine(_ items: [Item], _ index: Int, in node: YAMLNodeIndex) -> Int?? {
        let end = items[index].end
        let lineEnd = endOfLine(end)
        let comma = firstToken(in: end..<lineEnd)
        guard let comma else { return startOfNextLine(end) < range(of: node).upperBound ? .some(nil) : nil }
        guard bytes[comma] == UInt8(ascii: ","), firstToken(in: comma + 1..<lineEnd) == nil else { return nil }
        return .some(comma)
    }
}
