import YAMLSyntax

// Positions in the file's lines.

extension EditedDocument {
    /// Returns the offset of the first byte of the line that contains an offset.
    func startOfLine(_ offset: Int) -> Int {
        bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    }

    /// Returns the end of the line that contains an offset, before its line end.
    func endOfLine(_ offset: Int) -> Int {
        let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        return end > offset && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
    }

    /// Returns the start of the line after the one that contains an offset; the file's end if there is none.
    func startOfNextLine(_ offset: Int) -> Int {
        bytes[offset...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
    }

    /// Returns the column of an offset, from 0, in bytes.
    func column(of offset: Int) -> Int { offset - startOfLine(offset) }

    /// Returns whether only blanks precede an offset on its line.
    func isFirstOnLine(_ offset: Int) -> Bool { bytes[startOfLine(offset)..<offset].allSatisfy(Self.isBlank) }

    /// Returns the offset after the blank lines that follow a line.
    func endOfBlankLines(_ start: Int) -> Int {
        var position = start
        while position < bytes.count, bytes[position..<endOfLine(position)].allSatisfy(Self.isBlank) {
            let next = startOfNextLine(position)
            guard next > position else { break }
            position = next
        }
        return position
    }

    /// Returns the first offset in a range whose byte is neither blank nor in a comment; nil if there is none.
    func firstToken(in range: Range<Int>) -> Int? {
        var position = range.lowerBound
        while position < range.upperBound {
            let byte = bytes[position]
            if byte == UInt8(ascii: "#") {
                position = startOfNextLine(position)
            } else if Self.isBlank(byte) || byte == 0x0A || byte == 0x0D {
                position += 1
            } else {
                return position
            }
        }
        return nil
    }

    /// Returns the offset after the colon of an entry; nil if it has none, as in `{a, b}`.
    func endOfColon(_ key: YAMLNodeIndex, _ value: YAMLNodeIndex) -> Int? {
        let end = range(of: key).upperBound
        guard let colon = firstToken(in: end..<max(end, range(of: value).lowerBound)),
            bytes[colon] == UInt8(ascii: ":")
        else { return nil }
        return colon + 1
    }

    func range(of node: YAMLNodeIndex) -> Range<Int> { reader.tree[node].span.range }

    /// Returns whether a node is a mapping or sequence in block style.
    func isBlock(_ node: YAMLNodeIndex) -> Bool {
        !reader.tree[node].isScalar && !reader.tree[node].isFlow
    }

    /// Returns whether a node is the mapping of `[a: 1]`, which has no braces.
    func isBareMapping(_ node: YAMLNodeIndex) -> Bool {
        let node = reader.tree[node]
        return node.kind == .mapping && node.isFlow && bytes[Int(node.span.start)] != UInt8(ascii: "{")
    }

    /// The indentation of one more level in this file.
    var indentStep: Int {
        var step: Int?
        reader.tree.forEachEntry(of: 0) { key, value in
            guard step == nil, isBlock(value), reader.tree[value].kind == .mapping else { return }
            step = column(of: range(of: value).lowerBound) - column(of: range(of: key).lowerBound)
        }
        return step.flatMap { (1...8).contains($0) ? $0 : nil } ?? 2
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// An entry of a mapping or an element of a list, from its key or dash to the end of its value.
    struct Item {
        var start: Int
        var end: Int
        /// A Boolean value that indicates whether the last line belongs to a block scalar, whose value may include
        /// following blank lines.
        var endsInBlockScalar: Bool
        var node: YAMLNodeIndex
    }

    /// Returns the entries or elements of a collection.
    func items(of container: YAMLNodeIndex) -> [Item] {
        var items: [Item] = []
        func add(_ start: Int, _ node: YAMLNodeIndex, atLeast end: Int) {
            let last = Int(reader.tree[node].subtreeEnd) - 1
            let endsInBlockScalar = reader.tree[last].isBlockScalar
            let nodeEnd = isBareMapping(node) ? range(of: last).upperBound : range(of: node).upperBound
            items.append(
                Item(start: start, end: max(end, nodeEnd), endsInBlockScalar: endsInBlockScalar, node: node)
            )
        }
        if reader.tree[container].kind == .mapping {
            reader.tree.forEachEntry(of: container) { key, value in
                let keyRange = range(of: key)
                let colon = endOfColon(key, value)
                // libyaml reports the position of the next token for an omitted value in {a, b}.
                let isLeftOut = colon == nil && range(of: value).isEmpty
                if isLeftOut {
                    items.append(
                        Item(
                            start: keyRange.lowerBound,
                            end: keyRange.upperBound,
                            endsInBlockScalar: false,
                            node: value
                        )
                    )
                } else {
                    add(keyRange.lowerBound, value, atLeast: colon ?? keyRange.upperBound)
                }
            }
            return items
        }
        var position = range(of: container).lowerBound
        reader.tree.forEachElement(of: container) { element in
            let elementRange = range(of: element)
            guard isBlock(container) else { return add(elementRange.lowerBound, element, atLeast: 0) }
            let dash = firstToken(in: position..<max(position, elementRange.lowerBound)) ?? position
            add(dash, element, atLeast: dash + 1)
            position = items.last?.end ?? position
        }
        return items
    }
}
