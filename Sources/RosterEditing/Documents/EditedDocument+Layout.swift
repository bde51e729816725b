import YAMLSyntax

// Where things stand in the file's lines.

extension EditedDocument {
    /// The offset of the first byte of the line that holds an offset.
    func startOfLine(_ offset: Int) -> Int {
        bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    }

    /// Where the line that holds an offset ends, before its line end.
    func endOfLine(_ offset: Int) -> Int {
        let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        return end > offset && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
    }

    /// Where the line behind the one that holds an offset starts; the file's end when there is none.
    func startOfNextLine(_ offset: Int) -> Int {
        bytes[offset...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
    }

    /// The column of an offset, from 0, in bytes.
    func column(of offset: Int) -> Int { offset - startOfLine(offset) }

    /// Whether nothing but blanks stands before an offset on its line.
    func isFirstOnLine(_ offset: Int) -> Bool { bytes[startOfLine(offset)..<offset].allSatisfy(Self.isBlank) }

    /// The offset behind the blank lines that follow a line.
    func behindBlankLines(_ start: Int) -> Int {
        var position = start
        while position < bytes.count, bytes[position..<endOfLine(position)].allSatisfy(Self.isBlank) {
            let next = startOfNextLine(position)
            guard next > position else { break }
            position = next
        }
        return position
    }

    /// The first offset in a range whose byte is neither blank nor in a comment; nil when there is none.
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

    /// The offset behind the colon of an entry; nil when it has none, as in `{a, b}`.
    func behindColon(_ key: YAMLNodeIndex, _ value: YAMLNodeIndex) -> Int? {
        let end = range(of: key).upperBound
        guard let colon = firstToken(in: end..<max(end, range(of: value).lowerBound)),
            bytes[colon] == UInt8(ascii: ":")
        else { return nil }
        return colon + 1
    }

    func range(of node: YAMLNodeIndex) -> Range<Int> { reader.tree[node].span.range }

    /// Whether a node is a mapping or sequence in lines of its own.
    func isBlock(_ node: YAMLNodeIndex) -> Bool {
        !reader.tree[node].isScalar && !reader.tree[node].isFlow
    }

    /// Whether a node is the mapping of `[a: 1]`, which has no braces.
    func isBareMapping(_ node: YAMLNodeIndex) -> Bool {
        let node = reader.tree[node]
        return node.kind == .mapping && node.isFlow && bytes[Int(node.span.start)] != UInt8(ascii: "{")
    }

    /// What one more level of nesting is indented by, as the file does it.
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
        /// Whether its last line belongs to a block scalar, whose value may reach into the blank lines behind it.
        var endsInBlockScalar: Bool
        var node: YAMLNodeIndex
    }

    /// The entries or elements of a collection.
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
                let colon = behindColon(key, value)
                // A value that is left out in {a, b} stands, to libyaml, where the next token does.
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
