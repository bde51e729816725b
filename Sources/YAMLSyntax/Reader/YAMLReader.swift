import CLibYAML
import Glibc

/// A reader of strict YAML files into trees, based on libyaml's events.
///
/// A reader reuses its buffers, so that a file costs no allocation beyond libyaml's.
@safe
public struct YAMLReader: ~Copyable {
    /// The deepest nesting of mappings and sequences that is read.
    public static let nestingLimit = 32

    /// The tree of the last file.
    public private(set) var tree = YAMLTree()

    /// libyaml's parser points at itself, so it needs one address for its whole life.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private var open: [OpenCollection] = []
    private var plainCore = PlainCoreReader()

    /// Creates a reader.
    public init() {
        unsafe parser = .allocate(capacity: 1)
    }

    deinit {
        unsafe parser.deallocate()
    }

    /// Reads `source` as one document.
    ///
    /// The bytes must be UTF-8 without a byte-order mark, and without characters that YAML takes as line breaks except LF and
    /// CR LF. A caller that has scanned every byte sets `isScanned`: visible text can mostly be read without libyaml, and
    /// `isASCII` avoids counting characters. Problems are in ``YAMLTree/problems``; the tree has everything else.
    public mutating func read(_ source: [UInt8], isScanned: Bool = false, isASCII: Bool = false) {
        clear()
        tree.source = source
        if isScanned {
            tree.isComplete = unsafe source.withUnsafeBufferPointer { unsafe plainCore.read($0, into: &tree) }
            if tree.isComplete { return }
            clear()
        }
        unsafe source.withUnsafeBufferPointer { bytes in
            guard unsafe yaml_parser_initialize(parser) == 1 else { return }
            defer { unsafe yaml_parser_delete(parser) }
            unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
            unsafe readEvents(bytes, isASCII: isASCII)
            if tree.isComplete, tree.problems.isEmpty {
                tree.problems = unsafe LayoutCheck.problems(in: bytes, tree)
            }
        }
        findConflicts()
        // What is still open when a file breaks off ends with it.
        for collection in open { tree.nodes[collection.node].subtreeEnd = UInt32(clamping: tree.nodes.count) }
        tree.problems.sort { $0.span.start < $1.span.start }
        let surplus = tree.problems.count - YAMLProblem.limit
        if surplus > 0 { tree.problems.removeLast(surplus) }
    }

    /// Reports merge conflicts, and nothing else of a file that has one.
    ///
    /// A marker is in the first column, where libyaml accepts it only inside brackets at the root.
    private mutating func findConflicts() {
        guard !tree.problems.isEmpty || tree.root.map({ tree[$0].isFlow }) == true else { return }
        var conflicts = ConflictMarkers.conflicts(in: SourceLines(tree.source))
        // In the quotes of a mapping in braces, a line may start in the first column.
        if tree.isComplete, tree.root.map({ tree[$0].isFlow }) == true {
            conflicts.removeAll { conflict in
                tree.nodes.contains { $0.isQuoted && $0.span.contains(Int(conflict.start.start)) }
            }
        }
        guard !conflicts.isEmpty else { return }
        tree.problems = conflicts.map(YAMLProblem.conflict)
        tree.isComplete = false
    }

    private mutating func clear() {
        tree.nodes.removeAll(keepingCapacity: true)
        tree.decoded.removeAll(keepingCapacity: true)
        tree.problems.removeAll(keepingCapacity: true)
        tree.isComplete = false
        open.removeAll(keepingCapacity: true)
    }

    private mutating func readEvents(_ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) {
        var offsets = unsafe ByteOffsets(bytes, isASCII: isASCII)
        var documents = 0
        var event = unsafe yaml_event_t()
        while true {
            guard unsafe yaml_parser_parse(parser, &event) == 1 else {
                reportSyntaxError(&offsets)
                return
            }
            defer { unsafe yaml_event_delete(&event) }
            let span = unsafe offsets.span(event.start_mark, event.end_mark)
            switch unsafe event.type {
            case YAML_STREAM_END_EVENT:
                tree.isComplete = true
                return
            case YAML_DOCUMENT_START_EVENT:
                documents += 1
                if documents > 1 {
                    tree.problems.append(.anotherDocument(span))
                    return
                }
                unsafe reportDirectives(event, bytes, before: span)
            case YAML_SCALAR_EVENT:
                unsafe appendScalar(event, span, bytes)
            case YAML_ALIAS_EVENT:
                if !isAfterMergeKey { refuse(.alias, at: span) }
                unsafe append(YAMLNode(.refused, span), bytes)
            case YAML_MAPPING_START_EVENT:
                let start = unsafe event.data.mapping_start
                unsafe reportProperties(anchor: start.anchor, tag: start.tag, at: span)
                let isFlow = unsafe start.style == YAML_FLOW_MAPPING_STYLE
                guard unsafe openCollection(.mapping, isFlow: isFlow, span, bytes) else { return }
            case YAML_SEQUENCE_START_EVENT:
                let start = unsafe event.data.sequence_start
                unsafe reportProperties(anchor: start.anchor, tag: start.tag, at: span)
                let isFlow = unsafe start.style == YAML_FLOW_SEQUENCE_STYLE
                guard unsafe openCollection(.sequence, isFlow: isFlow, span, bytes) else { return }
            case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
                closeCollection(span)
            default:
                break
            }
        }
    }

    // MARK: - Nodes

    private mutating func appendScalar(
        _ event: yaml_event_t,
        _ span: ByteSpan,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) {
        let scalar = unsafe event.data.scalar
        var node = YAMLNode(.plain, span)
        switch unsafe scalar.style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: node.kind = .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: node.kind = .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: node.kind = .literal
        case YAML_FOLDED_SCALAR_STYLE: node.kind = .folded
        default: break
        }
        if unsafe scalar.anchor != nil || scalar.tag != nil {
            unsafe reportProperties(anchor: scalar.anchor, tag: scalar.tag, at: span)
            node.kind = .refused
        }
        if node.isBlockScalar { node.span = unsafe Self.withoutTrailingBlankLines(span, bytes) }
        let value = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        if unsafe node.isBlockScalar && Self.lacksFinalLineEnd(value, from: Int(span.start), bytes) {
            return unsafe append(node, decoding: value, finalLineEnd: true, bytes)
        }
        let quote: UInt32 = node.isQuoted ? 1 : 0
        let inner = ByteSpan(start: span.start + quote, end: max(span.end, quote) - quote)
        if unsafe inner.length == value.count && UnsafeBufferPointer(rebasing: bytes[inner.range]).isEqual(to: value) {
            node.content = inner
            unsafe append(node, bytes)
        } else {
            unsafe append(node, decoding: value, bytes)
        }
    }

    /// Adds a scalar whose text is not in the file as it reads.
    private mutating func append(
        _ node: YAMLNode,
        decoding value: UnsafeBufferPointer<UInt8>,
        finalLineEnd: Bool = false,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) {
        var node = node
        node.contentIsVerbatim = false
        node.content.start = UInt32(clamping: tree.decoded.count)
        unsafe tree.decoded.append(contentsOf: value)
        if finalLineEnd { tree.decoded.append(UInt8(ascii: "\n")) }
        node.content.end = UInt32(clamping: tree.decoded.count)
        unsafe append(node, bytes)
    }

    /// Returns whether a block scalar lacks the line end that it has in YAML 1.2.
    ///
    /// The last line of a file has a line end there even where the byte is missing; libyaml adds none.
    private static func lacksFinalLineEnd(
        _ value: UnsafeBufferPointer<UInt8>,
        from start: Int,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard let last = unsafe value.last, last != UInt8(ascii: "\n") else { return false }
        // The header is the indicator, and an indentation and a chomping in any order.
        return unsafe !bytes[start...].prefix(3).dropFirst().prefix { "+-0123456789".utf8.contains($0) }
            .contains(UInt8(ascii: "-"))
    }

    /// Adds a node below the innermost open collection; as a key it is checked there.
    private mutating func append(_ node: YAMLNode, _ bytes: UnsafeBufferPointer<UInt8>) {
        let index = tree.nodes.count
        var node = node
        node.subtreeEnd = UInt32(clamping: index + 1)
        tree.nodes.append(node)
        guard let parent = open.indices.last else { return }
        let gap = ByteSpan(start: open[parent].lastEnd, end: node.span.start)
        open[parent].lastEnd = node.span.end
        guard open[parent].isMapping else { return }
        open[parent].isAtKey.toggle()
        guard !open[parent].isAtKey else { return }
        if unsafe !gap.isEmpty && Self.holdsQuestionMark(UnsafeBufferPointer(rebasing: bytes[gap.range])) {
            refuse(.explicitKey, at: node.span)
        }
        checkKey(index, in: parent)
    }

    private mutating func checkKey(_ index: YAMLNodeIndex, in parent: Int) {
        let node = tree.nodes[index]
        guard node.isScalar else {
            if isTemplate(node, in: parent) {
                refuse(.template, at: ByteSpan(start: node.span.start - 1, end: node.span.end))
                tree.nodes[open[parent].node].kind = .refused
            } else if node.kind != .refused {
                refuse(.keyIsNoScalar, at: node.span)
            }
            return
        }
        if node.kind == .plain {
            let (isMergeKey, meaning) = unsafe tree.withBytes(of: index) { key in
                unsafe (key.count == 2 && key[0] == UInt8(ascii: "<") && key[1] == UInt8(ascii: "<"), PlainScalar(key))
            }
            if isMergeKey { return refuse(.mergeKey, at: node.span) }
            guard meaning == .text else { return refuse(.keyIsNoString, at: node.span) }
        }
        if let first = open[parent].keys.firstEqual(to: index, in: open[parent].node, of: tree) {
            tree.problems.append(.duplicateKey(first: tree.nodes[first].span, second: node.span))
        }
    }

    /// Returns whether a mapping that is a key starts `{{ name }}`, which programs fill in and YAML does not.
    private func isTemplate(_ key: YAMLNode, in parent: Int) -> Bool {
        guard key.kind == .mapping, tree[open[parent].node].span.start + 1 == key.span.start else { return false }
        let line = tree.source[Int(key.span.start)...].prefix { $0 != UInt8(ascii: "\n") }
        return zip(line, line.dropFirst()).contains { $0 == UInt8(ascii: "}") && $1 == UInt8(ascii: "}") }
    }

    private mutating func openCollection(
        _ kind: YAMLNode.Kind,
        isFlow: Bool,
        _ span: ByteSpan,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard open.count < Self.nestingLimit else {
            tree.problems.append(.tooDeep(limit: Self.nestingLimit, span))
            return false
        }
        var node = YAMLNode(kind, span)
        node.isFlow = isFlow
        let index = tree.nodes.count
        unsafe append(node, bytes)
        // A block collection starts at its first key or dash; the bytes before a key are checked from there.
        open.append(OpenCollection(node: index, isMapping: kind == .mapping, lastEnd: span.start))
        return true
    }

    private mutating func closeCollection(_ span: ByteSpan) {
        guard let closed = open.popLast() else { return }
        let node = closed.node
        tree.nodes[node].subtreeEnd = UInt32(clamping: tree.nodes.count)
        // libyaml ends a block collection where the next token starts; it ends where its last child does.
        let end = tree.nodes[node].isFlow ? span.end : max(closed.lastEnd, tree.nodes[node].span.start)
        tree.nodes[node].span.end = end
        if let parent = open.indices.last { open[parent].lastEnd = end }
    }

    // MARK: - Refusals

    /// A Boolean value that indicates whether the last node is a merge key, which is refused together with its alias.
    private var isAfterMergeKey: Bool {
        if case .unsupported(.mergeKey, let span)? = tree.problems.last { tree.nodes.last?.span == span } else { false }
    }

    private mutating func refuse(_ construct: YAMLProblem.Construct, at span: ByteSpan) {
        tree.problems.append(.unsupported(construct, span))
    }

    private mutating func reportProperties(
        anchor: UnsafeMutablePointer<yaml_char_t>?,
        tag: UnsafeMutablePointer<yaml_char_t>?,
        at span: ByteSpan
    ) {
        if unsafe anchor != nil { refuse(.anchor, at: span) }
        if unsafe tag != nil { refuse(.tag, at: span) }
    }

    private mutating func reportDirectives(
        _ event: yaml_event_t,
        _ bytes: UnsafeBufferPointer<UInt8>,
        before start: ByteSpan
    ) {
        // libyaml ignores a reserved directive, so the lines before the document are searched.
        guard unsafe event.data.document_start.implicit == 0 else { return }
        var line = 0
        while line < Int(start.end) {
            let end = unsafe bytes[line...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            if unsafe bytes[line] == UInt8(ascii: "%") {
                refuse(.directive, at: ByteSpan(line..<min(end, bytes.count)))
            }
            line = end + 1
        }
    }

    private mutating func reportSyntaxError(_ offsets: inout ByteOffsets) {
        let failed = unsafe parser.pointee
        let problem = unsafe failed.problem.map { unsafe String(cString: $0) } ?? "the parser ran out of memory"
        let at = unsafe offsets.offset(failed.problem_mark)
        var context: String?
        var contextAt: ByteSpan?
        if unsafe failed.context != nil {
            context = unsafe failed.context.map { unsafe String(cString: $0) }
            let offset = unsafe offsets.offset(failed.context_mark)
            contextAt = ByteSpan(start: offset, end: offset)
        }
        let finder = MistakeFinder(
            offset: Int(at),
            context: (contextAt?.start).map(Int.init),
            lines: SourceLines(tree.source),
            lastNode: tree.nodes.last?.span
        )
        if let (mistake, span) = finder.find(problem) { return tree.problems.append(.mistake(mistake, span)) }
        tree.problems.append(
            .syntax(problem: problem, at: ByteSpan(start: at, end: at), context: context, contextAt: contextAt)
        )
    }

    /// libyaml does not report the difference between `? key` and `key`; the mark precedes the key.
    private static func holdsQuestionMark(_ gap: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = gap.baseAddress, unsafe memchr(start, Int32(UInt8(ascii: "?")), gap.count) != nil else {
            return false
        }
        var isComment = false
        for offset in 0..<gap.count {
            switch unsafe gap[offset] {
            case UInt8(ascii: "\n"): isComment = false
            case UInt8(ascii: "#"): isComment = true
            case UInt8(ascii: "?") where !isComment: return true
            default: break
            }
        }
        return false
    }

    private static func withoutTrailingBlankLines(
        _ span: ByteSpan,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> ByteSpan {
        var end = Int(span.end)
        while end > Int(span.start), unsafe [0x20, 0x09, 0x0A, 0x0D].contains(bytes[end - 1]) { end -= 1 }
        return ByteSpan(start: span.start, end: UInt32(end))
    }
}

/// A mapping or sequence whose end has not come yet.
private struct OpenCollection {
    let node: YAMLNodeIndex
    let isMapping: Bool
    /// A Boolean value that indicates whether the next child of a mapping is a key.
    var isAtKey = true
    /// End of the last child, or the start of the collection.
    var lastEnd: UInt32
    var keys = KeySet()

    init(node: YAMLNodeIndex, isMapping: Bool, lastEnd: UInt32) {
        self.node = node
        self.isMapping = isMapping
        self.lastEnd = lastEnd
    }
}

extension YAMLNode {
    fileprivate init(_ kind: Kind, _ span: ByteSpan) {
        self.init(
            kind: kind,
            isFlow: false,
            contentIsVerbatim: true,
            span: span,
            content: span,
            subtreeEnd: 0
        )
    }
}
