/// Finds the layouts that libyaml accepts and that readers of YAML 1.2 refuse, in a file that libyaml has read.
///
/// It goes once over the nodes and over the bytes between them. These hold only blanks, line ends, comments, document
/// markers and the indicators of collections, so that text is never mistaken for syntax.
@safe
struct LayoutCheck: ~Copyable {
    /// A collection that the check is inside of.
    struct Level {
        let node: YAMLNodeIndex
        let kind: YAMLNode.Kind
        let isFlow: Bool
        /// The column that the lines of its children's values must exceed; -1 in brackets at the root.
        let indent: Int
        /// A Boolean value that indicates whether the next child of a mapping is a key.
        var isAtKey = true
        /// The place of its last child, when that has no text at all.
        var absentChild: Int?
    }

    /// The node that follows the bytes between two nodes.
    private enum Follower {
        case blockCollection, key, value, nothing
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    let count: Int
    private(set) var levels: [Level] = []
    /// The end of the last token.
    private var position = 0
    private var isAfterPlainLines = false
    private var problems: [YAMLProblem] = []

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        unsafe self.bytes = unsafe bytes
        count = bytes.count
    }

    /// The byte at an offset; LF after the last one.
    subscript(_ offset: Int) -> UInt8 { unsafe offset < count ? bytes[offset] : UInt8(ascii: "\n") }

    /// Returns the problems in `tree`, which was read from `bytes` to the end.
    static func problems(in bytes: UnsafeBufferPointer<UInt8>, _ tree: borrowing YAMLTree) -> [YAMLProblem] {
        var check = unsafe LayoutCheck(bytes)
        for index in tree.nodes.indices {
            check.closeLevels(endingAt: index, tree)
            check.visit(index, tree)
        }
        check.closeLevels(endingAt: tree.nodes.count, tree)
        check.checkGap(to: check.count, .nothing)
        return check.problems
    }

    mutating func report(_ layout: YAMLLayout, at offset: Int) {
        guard problems.count < YAMLProblem.limit else { return }
        problems.append(.layout(layout, ByteSpan(offset..<offset + 1)))
    }

    private mutating func visit(_ index: YAMLNodeIndex, _ tree: borrowing YAMLTree) {
        let node = tree[index]
        let parent = levels.last
        let isKey = parent?.kind == .mapping && parent?.isAtKey == true
        let start = Int(node.span.start)
        let isAbsent = node.isScalar && node.span.isEmpty
        if let last = levels.indices.last {
            levels[last].isAtKey.toggle()
            levels[last].absentChild = isAbsent ? start : nil
        }
        // An absent value has no place.
        if isAbsent { return }
        let isBlock = !node.isScalar && !node.isFlow
        checkGap(to: start, isBlock ? .blockCollection : isKey ? .key : .value)
        position = start
        if isKey, isAfterPlainLines, node.kind == .plain, self[start] == UInt8(ascii: ":") {
            report(.colonStartsKey, at: start)
        }
        isAfterPlainLines = node.kind == .plain && node.span.range.contains { self[$0] == UInt8(ascii: "\n") }
        guard !node.isScalar else {
            if node.isBlockScalar {
                checkBlockScalar(index, tree)
            } else {
                checkFlowScalar(node)
            }
            position = Int(node.span.end)
            return
        }
        let indent = isBlock ? column(of: start) : parent?.indent ?? -1
        levels.append(Level(node: index, kind: node.kind, isFlow: node.isFlow, indent: indent))
        // The mapping of `[key: value]` has no brackets.
        if node.isFlow && (self[start] == UInt8(ascii: "[") || self[start] == UInt8(ascii: "{")) {
            position = start + 1
        }
    }

    private mutating func closeLevels(endingAt index: YAMLNodeIndex, _ tree: borrowing YAMLTree) {
        while let level = levels.last, Int(tree[level.node].subtreeEnd) <= index {
            if level.isFlow {
                let end = max(position, Int(tree[level.node].span.end))
                checkGap(to: end, .nothing)
                position = end
            }
            levels.removeLast()
            guard level.kind == .sequence, !level.isFlow, let dash = level.absentChild, let parent = levels.last,
                parent.kind == .mapping, parent.indent == level.indent,
                tree[parent.node].subtreeEnd == tree[level.node].subtreeEnd
            else { continue }
            report(.dashWithoutValue, at: dash - 1)
        }
    }

    // MARK: - Between nodes

    /// Checks the bytes from the last token to the next one.
    private mutating func checkGap(to end: Int, _ follower: Follower) {
        let isFlow = levels.last?.isFlow == true
        var offset = position
        var hasLineEnd = false
        while offset < end {
            switch self[offset] {
            case UInt8(ascii: "#"):
                if offset > 0, !self[offset - 1].isBlankOrLineEnd { report(.commentWithoutBlank, at: offset) }
                offset = endOfLine(offset)
                continue
            case UInt8(ascii: "\n"):
                hasLineEnd = true
                if isFlow { checkLine(at: offset + 1, .bracketLineNotIndented, inGap: true) }
            case UInt8(ascii: "-") where !isFlow && levels.last?.kind == .sequence:
                checkTabs(preceding: offset)
            case UInt8(ascii: ":"):
                checkColon(at: offset)
            default: break
            }
            offset += 1
        }
        guard !isFlow else { return }
        switch follower {
        case .blockCollection, .key: checkTabs(preceding: end)
        case .value where hasLineEnd:
            let start = startOfLine(end)
            // Only what begins its line.
            guard (start..<end).allSatisfy({ self[$0].isBlank }) else { return }
            checkLine(at: start, .lineNotIndented, inGap: false)
        default: break
        }
    }

    private mutating func checkColon(at colon: Int) {
        let next = self[colon + 1]
        guard next == UInt8(ascii: "\t") else { return }
        var offset = colon + 2
        while self[offset] == UInt8(ascii: "\t") { offset += 1 }
        if self[offset].isWordByte { report(.tabAfterColon, at: colon + 1) }
    }

    /// Checks that no tab separates a key or dash from the line's start or from the dash preceding it.
    private mutating func checkTabs(preceding end: Int) {
        var offset = end
        var tab: Int?
        while offset > 0, self[offset - 1].isBlank {
            offset -= 1
            if self[offset] == UInt8(ascii: "\t") { tab = offset }
        }
        if let tab { report(.tabIndentation, at: tab) }
    }

    // MARK: - Lines

    /// Checks that a line is indented by more spaces than the innermost collection.
    ///
    /// In a gap, a line may hold only blanks, or a comment.
    mutating func checkLine(at start: Int, _ layout: YAMLLayout, inGap: Bool) {
        var offset = start
        while self[offset] == UInt8(ascii: " ") { offset += 1 }
        guard offset - start <= levels.last?.indent ?? -1 else { return }
        let first = offset
        while self[offset].isBlank { offset += 1 }
        if self[offset].isLineEnd {
            if !inGap, offset > first { report(.tabIndentation, at: first) }
            return
        }
        if inGap, self[offset] == UInt8(ascii: "#") { return }
        report(offset > first ? .tabIndentation : layout, at: first)
    }

    func startOfLine(_ offset: Int) -> Int {
        var start = offset
        while start > 0, self[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        return start
    }

    func column(of offset: Int) -> Int { offset - startOfLine(offset) }

    func endOfLine(_ offset: Int) -> Int {
        var end = offset
        while self[end] != UInt8(ascii: "\n") { end += 1 }
        return end
    }
}

extension UInt8 {
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    var isLineEnd: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }

    var isBlankOrLineEnd: Bool { isBlank || isLineEnd }
}
