/// One node of a tree: a scalar, a mapping or a sequence, with its place in the file.
///
/// Nodes lie in one array in the order of the file, parents before children, so a node's subtree is the run that ends
/// at ``subtreeEnd`` and the next sibling starts there. Nothing is allocated for a single node.
public struct YAMLNode: Sendable {
    /// What a node is, and how a scalar is written.
    public enum Kind: UInt8, Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded
        case mapping, sequence
        /// A node that was refused when it was read (an alias, a tagged scalar): present, of no type, already reported.
        case refused
    }

    /// What the node is.
    public var kind: Kind
    /// A mapping or sequence in `{…}` or `[…]`.
    public var isFlow: Bool
    /// Whether ``content`` lies in the file's own bytes; otherwise in the tree's buffer of decoded text.
    @usableFromInline var contentIsVerbatim: Bool
    /// The node as it is written, quotes and brackets included, blank lines behind it not.
    public var span: ByteSpan
    /// A scalar's text after decoding.
    @usableFromInline var content: ByteSpan
    /// Index behind the node's last descendant.
    public internal(set) var subtreeEnd: UInt32

    /// Whether the node is a text, however it is written.
    @inlinable public var isScalar: Bool { kind.rawValue <= Kind.folded.rawValue }
    /// Whether the node stands in quotes.
    public var isQuoted: Bool { kind == .singleQuoted || kind == .doubleQuoted }
    /// Whether the node is written with `|` or `>`.
    public var isBlockScalar: Bool { kind == .literal || kind == .folded }
}

/// The index of a node in its tree.
public typealias YAMLNodeIndex = Int
