/// A file of another program, read as YAML 1.1 through libyaml.
///
/// Unlike ``YAMLTree``, which holds Roster's own files, it accepts anchors, aliases, tags and repeated keys. An alias is
/// the node that it names, so the nodes form a graph without cycles, and a caller that follows every path of it counts
/// its steps: a few hundred bytes of nested aliases have billions of paths.
package struct LenientYAML: Sendable {
    /// One mapping, sequence or scalar.
    package struct Node: Sendable {
        /// The kind of a node.
        package enum Kind: Sendable {
            case scalar, sequence, mapping
        }

        /// The kind.
        package let kind: Kind
        /// The place of a scalar, or of the start of a collection.
        package internal(set) var span: ByteSpan
        /// A Boolean value that indicates whether a scalar has neither quotes nor a tag, and may be a number or null.
        package let isPlain: Bool
        /// The part of ``LenientYAML/decoded`` that is a scalar's text.
        var content: Range<Int>
        /// The elements of a sequence, or the keys and values of a mapping in turn.
        package internal(set) var children: [Int] = []
        /// The collection in which the node is written; nil for the root.
        package internal(set) var parent: Int?
        /// The position among the children of ``parent``.
        package internal(set) var position = 0
    }

    /// The reason why a file cannot be read.
    package struct Failure: Error, Sendable {
        /// The description, without any text of the file.
        package let message: String
        /// The offset of the problem in bytes.
        package let offset: Int
    }

    /// The deepest nesting that is read.
    package static let depthLimit = 64
    /// The largest number of nodes that are read.
    package static let nodeLimit = 200_000

    /// The nodes; a parent precedes its children, unless they are aliases.
    package internal(set) var nodes: [Node] = []
    /// The index of the root; nil for an empty file.
    package internal(set) var root: Int?
    /// The text of all scalars.
    var decoded: [UInt8] = []
    /// The offsets at which the lines of the file start.
    private let lineStarts: [Int]
    private let source: [UInt8]

    /// Reads a file.
    ///
    /// - Throws: ``Failure`` for text that is not UTF-8 or not YAML, and for more than the limits.
    package init(_ source: [UInt8]) throws(Failure) {
        // Windows programs write a byte order mark.
        let source = source.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(source.dropFirst(3)) : source
        self.source = source
        lineStarts = [0] + source.indices.filter { source[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
        guard String(validating: source, as: UTF8.self) != nil else {
            throw Failure(message: "the file is not UTF-8", offset: 0)
        }
        var reader = LenientReader()
        try reader.read(source, into: &self)
    }

    /// Returns a Boolean value that indicates whether a node is written as the key of a mapping.
    package func isKey(_ node: Int) -> Bool {
        guard let parent = nodes[node].parent, nodes[parent].kind == .mapping else { return false }
        return nodes[node].position.isMultiple(of: 2)
    }

    /// Returns the text of a scalar; empty for a collection.
    package func text(of node: Int) -> String {
        nodes[node].content.isEmpty ? "" : String(decoding: decoded[nodes[node].content], as: UTF8.self)
    }

    /// Calls a closure with the text of a scalar as UTF-8, which must not leave it.
    package func withText<Result: ~Copyable, Failure: Error>(
        of node: Int,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let content = nodes[node].content
        return try unsafe decoded.span.withUnsafeBytes { (bytes) throws(Failure) in
            try unsafe body(UnsafeRawBufferPointer(rebasing: bytes[content]))
        }
    }

    /// Returns the line and the column of an offset, both from 1; columns count Unicode scalars.
    package func place(of offset: Int) -> (line: Int, column: Int) {
        var (low, high) = (0, lineStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        let line = source[lineStarts[low]..<max(lineStarts[low], min(offset, source.count))]
        return (low + 1, line.count { $0 & 0xC0 != 0x80 } + 1)
    }

    /// Returns the meaning of a scalar; text for one with quotes.
    package func meaning(of node: Int) -> PlainScalar {
        guard nodes[node].kind == .scalar, nodes[node].isPlain else { return .text }
        return unsafe withText(of: node) { unsafe PlainScalar($0.assumingMemoryBound(to: UInt8.self)) }
    }
}
