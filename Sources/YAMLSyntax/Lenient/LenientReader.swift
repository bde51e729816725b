import CLibYAML

/// A reader of ``LenientYAML`` from libyaml's events.
struct LenientReader {
    /// A collection whose end has not come yet.
    private struct Open {
        var node: Int
        var anchor: String?
    }

    private var open: [Open] = []
    private var anchors: [String: Int] = [:]

    /// Reads a file into an empty document.
    mutating func read(_ source: [UInt8], into document: inout LenientYAML) throws(LenientYAML.Failure) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { unsafe parser.deallocate() }
        try unsafe source.withUnsafeBufferPointer { (bytes) throws(LenientYAML.Failure) in
            guard unsafe yaml_parser_initialize(parser) == 1 else {
                throw LenientYAML.Failure(message: "there is no memory to read it", offset: 0)
            }
            defer { unsafe yaml_parser_delete(parser) }
            unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
            try unsafe readEvents(parser, bytes, &document)
        }
    }

    private mutating func readEvents(
        _ parser: UnsafeMutablePointer<yaml_parser_t>,
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ document: inout LenientYAML
    ) throws(LenientYAML.Failure) {
        var offsets = unsafe ByteOffsets(bytes, isASCII: false)
        var documents = 0
        var event = unsafe yaml_event_t()
        while true {
            guard unsafe yaml_parser_parse(parser, &event) == 1 else {
                let words = unsafe parser.pointee.problem.map { unsafe String(cString: $0) }
                let mark = unsafe parser.pointee.problem_mark
                throw LenientYAML.Failure(message: words ?? "it is not YAML", offset: Int(offsets.offset(mark)))
            }
            defer { unsafe yaml_event_delete(&event) }
            let span = unsafe offsets.span(event.start_mark, event.end_mark)
            func failure(_ message: String) -> LenientYAML.Failure {
                LenientYAML.Failure(message: message, offset: Int(span.start))
            }
            guard document.nodes.count < LenientYAML.nodeLimit else {
                throw failure("it has more than \(LenientYAML.nodeLimit) values")
            }
            switch unsafe event.type {
            case YAML_STREAM_END_EVENT: return
            case YAML_DOCUMENT_START_EVENT:
                documents += 1
                guard documents < 2 else { throw failure("a second document starts here; one is read") }
            case YAML_SCALAR_EVENT: unsafe appendScalar(event, span, &document)
            case YAML_ALIAS_EVENT:
                let name = unsafe Self.text(event.data.alias.anchor) ?? ""
                guard !open.contains(where: { $0.anchor == name }) else {
                    throw failure("an alias is inside the value that it names")
                }
                guard let node = anchors[name] else { throw failure("an alias has no anchor") }
                guard document.nodes[node].kind == .scalar || !isAtKey(document) else { throw failure(Self.badKey) }
                guard let parent = open.last?.node else { continue }
                document.nodes[parent].children.append(node)
            case YAML_MAPPING_START_EVENT, YAML_SEQUENCE_START_EVENT:
                guard open.count < LenientYAML.depthLimit else {
                    throw failure("values are nested more than \(LenientYAML.depthLimit) deep")
                }
                guard !isAtKey(document) else { throw failure(Self.badKey) }
                let isMapping = unsafe event.type == YAML_MAPPING_START_EVENT
                let anchor = unsafe isMapping ? event.data.mapping_start.anchor : event.data.sequence_start.anchor
                let node = document.nodes.count
                document.nodes.append(
                    LenientYAML.Node(kind: isMapping ? .mapping : .sequence, span: span, isPlain: false, content: 0..<0)
                )
                attach(node, &document)
                open.append(Open(node: node, anchor: unsafe Self.text(anchor)))
            case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
                // Only a complete value has a name, so that no value contains itself.
                guard let closed = open.popLast() else { continue }
                if let anchor = closed.anchor { anchors[anchor] = closed.node }
            default: break
            }
        }
    }

    private mutating func appendScalar(_ event: yaml_event_t, _ span: ByteSpan, _ document: inout LenientYAML) {
        let scalar = unsafe event.data.scalar
        let start = document.decoded.count
        unsafe document.decoded.append(contentsOf: UnsafeBufferPointer(start: scalar.value, count: scalar.length))
        let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.tag == nil
        let node = document.nodes.count
        document.nodes.append(
            LenientYAML.Node(
                kind: .scalar,
                span: span,
                isPlain: isPlain,
                content: start..<document.decoded.count
            )
        )
        if let anchor = unsafe Self.text(scalar.anchor) { anchors[anchor] = node }
        attach(node, &document)
    }

    private static let badKey = "a key is not text"

    /// Returns a Boolean value that indicates whether the next node is the key of a mapping.
    private func isAtKey(_ document: LenientYAML) -> Bool {
        guard let parent = open.last?.node, document.nodes[parent].kind == .mapping else { return false }
        return document.nodes[parent].children.count.isMultiple(of: 2)
    }

    /// Adds a new node to the innermost open collection, or makes it the root.
    private func attach(_ node: Int, _ document: inout LenientYAML) {
        guard let parent = open.last?.node else {
            document.root = node
            return
        }
        document.nodes[node].parent = parent
        document.nodes[node].position = document.nodes[parent].children.count
        document.nodes[parent].children.append(node)
    }

    private static func text(_ name: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        unsafe name.map { unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)) }
    }
}
