/// One node of a tree: a scalar, a mapping or a sequence, with its place in the file.
///
/// Nodes are stored in one array in the order of the file, parents before children, so a node's subtree is the run that ends
/// at ``subtreeEnd`` and the next sibling starts there. Nothing is allocated for a single node.
public struct YAMLNode: Sendable {
    /// The kind of a node, and the style of a scalar.
    public enum Kind: UInt8, Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded
        case mapping, sequence
        /// A node that was refused and reported, such as an alias or a tagged scalar; it has no type.
        case refused
    }

    /// The kind of the node.
    public var kind: Kind
    /// A Boolean value that indicates whether the node is a mapping or sequence in `{…}` or `[…]`.
    public var isFlow: Bool
    /// A Boolean value that indicates whether ``content`` is in the file's own bytes, not in the buffer of decoded text.
    @usableFromInline var contentIsVerbatim: Bool
    /// The node as it is written, with quotes and brackets, without trailing blank lines.
    public var span: ByteSpan
    /// A scalar's text after decoding.
    @usableFromInline var content: ByteSpan
    /// The index after the node's last descendant.
    public internal(set) var subtreeEnd: UInt32

    /// A Boolean value that indicates whether the node is a scalar.
    @inlinable public var isScalar: Bool { kind.rawValue <= Kind.folded.rawValue }
    /// A Boolean value that indicates whether the node is quoted.
    public var isQuoted: Bool { kind == .singleQuoted || kind == .doubleQuoted }
    /// A Boolean value that indicates whether the node is written with `|` or `>`.
    public var isBlockScalar: Bool { kind == .literal || kind == .folded }
}

/// The index of a node in its tree.
public typealias YAMLNodeIndex = Int
