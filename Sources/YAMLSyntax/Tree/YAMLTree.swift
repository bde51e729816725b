import Glibc

/// The nodes of a file, with its bytes.
///
/// No product exports it; it is public because the compiler inlines only public functions into other modules, and these
/// are called for every node of every file.
public struct YAMLTree: ~Copyable {
    /// The file, byte for byte.
    public internal(set) var source: [UInt8] = []
    /// The nodes in the file's order; a parent precedes its children.
    public internal(set) var nodes: [YAMLNode] = []
    /// The text of the scalars that differs from the file: escapes, folded lines, block scalars.
    @usableFromInline var decoded: [UInt8] = []
    /// The problems by place.
    public internal(set) var problems: [YAMLProblem] = []
    /// A Boolean value that indicates whether the whole file was read.
    ///
    /// The tree of a broken file contains the nodes up to the mistake.
    public internal(set) var isComplete = false

    /// Creates an empty tree.
    public init() {}

    /// The root node; nil when the file has no document.
    public var root: YAMLNodeIndex? { nodes.isEmpty ? nil : 0 }

    /// The node at an index.
    @inline(__always) @inlinable public subscript(_ index: YAMLNodeIndex) -> YAMLNode { nodes[index] }

    /// Calls `body` with key and value of each entry of a mapping, in the file's order.
    @inline(__always) @inlinable public func forEachEntry(
        of mapping: YAMLNodeIndex,
        _ body: (_ key: YAMLNodeIndex, _ value: YAMLNodeIndex) throws -> Void
    ) rethrows {
        var key = mapping + 1
        let end = Int(nodes[mapping].subtreeEnd)
        while key < end {
            let value = Int(nodes[key].subtreeEnd)
            guard value < end else { return }
            try body(key, value)
            key = Int(nodes[value].subtreeEnd)
        }
    }

    /// Calls `body` with each element of a sequence, in the file's order.
    @inline(__always) @inlinable public func forEachElement(
        of sequence: YAMLNodeIndex,
        _ body: (_ element: YAMLNodeIndex) throws -> Void
    ) rethrows {
        var element = sequence + 1
        let end = Int(nodes[sequence].subtreeEnd)
        while element < end {
            try body(element)
            element = Int(nodes[element].subtreeEnd)
        }
    }

    /// Returns the value of a key in a mapping.
    public func value(of key: String, in mapping: YAMLNodeIndex) -> YAMLNodeIndex? {
        guard nodes[mapping].kind == .mapping else { return nil }
        var found: YAMLNodeIndex?
        var wanted = key
        wanted.withUTF8 { wanted in
            forEachEntry(of: mapping) { key, value in
                if found == nil, unsafe contentEquals(key, wanted) { found = value }
            }
        }
        return found
    }

    /// Returns the decoded text of a scalar.
    @inlinable public func text(of node: YAMLNodeIndex) -> String {
        unsafe withBytes(of: node) { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Calls `body` with a scalar's decoded text as UTF-8; the buffer is valid only inside the call.
    @inline(__always) @inlinable public func withBytes<Result>(
        of node: YAMLNodeIndex,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        let node = nodes[node]
        if node.contentIsVerbatim {
            return try unsafe source.withUnsafeBufferPointer {
                try unsafe body(UnsafeBufferPointer(rebasing: $0[node.content.range]))
            }
        }
        return try unsafe decoded.withUnsafeBufferPointer {
            try unsafe body(UnsafeBufferPointer(rebasing: $0[node.content.range]))
        }
    }

    /// Returns whether the decoded text of a scalar equals `bytes`.
    @inlinable public func contentEquals(_ node: YAMLNodeIndex, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard contentLength(of: node) == bytes.count else { return false }
        return unsafe withBytes(of: node) { unsafe $0.isEqual(to: bytes) }
    }

    /// Returns the number of bytes of a scalar's decoded text.
    @inlinable public func contentLength(of node: YAMLNodeIndex) -> Int { nodes[node].content.length }

    /// A Boolean value that indicates whether the decoded text of a scalar differs from the file.
    @inlinable public var hasDecodedText: Bool { !decoded.isEmpty }

    /// Returns the span of a scalar's decoded text in the file; nil when the file has it in another form.
    @inlinable public func verbatimSpan(of node: YAMLNodeIndex) -> ByteSpan? {
        nodes[node].contentIsVerbatim ? nodes[node].content : nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Returns whether two buffers contain the same bytes.
    public func isEqual(to other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let one = baseAddress, let two = other.baseAddress else { return count == other.count }
        return unsafe count == other.count && memcmp(one, two, count) == 0
    }
}
