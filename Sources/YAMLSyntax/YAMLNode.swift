/// One node of a tree: a scalar, a mapping or a sequence, with its place in the file.
///
/// Nodes lie in one array in the order of the file, parents before children, so a node's subtree is the run that ends
/// at ``subtreeEnd`` and the next sibling starts there. Nothing is allocated for a single node.
package struct YAMLNode: Sendable {
    package enum Kind: UInt8, Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded
        case mapping, sequence
        /// A node that was refused when it was read (an alias, a tagged scalar): present, of no type, already reported.
        case refused
    }

    package var kind: Kind
    /// A mapping or sequence in `{…}` or `[…]`.
    package var isFlow: Bool
    /// Whether ``content`` lies in the file's own bytes; otherwise in the tree's buffer of decoded text.
    @usableFromInline var contentIsVerbatim: Bool
    /// The node as it is written, quotes and brackets included, blank lines behind it not.
    package var span: ByteSpan
    /// A scalar's text after decoding.
    @usableFromInline var content: ByteSpan
    /// Index behind the node's last descendant.
    package internal(set) var subtreeEnd: UInt32

    @inlinable package var isScalar: Bool { kind.rawValue <= Kind.folded.rawValue }
    package var isQuoted: Bool { kind == .singleQuoted || kind == .doubleQuoted }
    package var isBlockScalar: Bool { kind == .literal || kind == .folded }
}

/// The index of a node in its tree.
package typealias YAMLNodeIndex = Int
