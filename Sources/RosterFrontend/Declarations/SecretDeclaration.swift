package import RosterBytes
package import RosterModel
package import RosterSources
import SealedBoxes
package import YAMLSyntax

/// A secret as it is written in its file.
///
/// A value that is missing or wrong is nil and was reported.
package struct SecretDeclaration: Sendable {
    package let file: FileIndex
    package var id: Located<SecretID>?
    package var name: Located<String>?
    /// The allowed hosts; nil when one of them is refused.
    package var allowedHosts: Located<[AllowedHost]>?
    /// The allowed hosts that are not refused.
    package var acceptedHosts: [AllowedHost] = []
    package var generation: Located<Int64>?
    package var fingerprint: Located<Fingerprint>?
    package var rotateBy: Optionally<CalendarDate>
    package var boxes: [BoxDeclaration] = []
    /// A Boolean value that indicates whether every box was read; with a broken one, no box is reported as missing.
    package var areBoxesWhole = false
    package var boxesKey: ByteSpan
    /// The place of a problem with the secret as a whole.
    package var idSpan: ByteSpan

    /// Reads the declaration of a file whose root is `root`.
    package init(file: FileIndex, root: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        self.file = file
        let fields = Shape.read(root, as: SecretKey.self, in: tree, &findings)
        let firstKey = tree.firstKeySpan(of: root)
        id = fields.required(.id, in: tree) { unsafe tree.withBytes(of: $0) { unsafe SecretID(utf8: $0) } }
        name = fields.required(.name, in: tree) { tree.text(of: $0) }
        generation = fields.required(.generation, in: tree) { Int64(tree.text(of: $0)) }
        fingerprint = fields.required(.fingerprint, in: tree) {
            unsafe tree.withBytes(of: $0) { unsafe Fingerprint(utf8: $0.span) }
        }
        rotateBy = fields.optionally(.rotateBy, in: tree) { CalendarDate(tree.text(of: $0)) }
        boxesKey = fields.key(.boxes).map { tree[$0].span } ?? firstKey
        idSpan = fields.key(.id).map { tree[$0].span } ?? firstKey
        if let node = fields.node(.allowedHosts) { readHosts(node, in: tree, &findings) }
        if let node = fields.node(.boxes) { readBoxes(node, in: tree, &findings) }
    }

    /// The spans of base64 and hex, which contain any text by chance.
    package var opaqueSpans: [ByteSpan] {
        var spans: [ByteSpan] = []
        for box in boxes { spans.append(box.box.span) }
        if let fingerprint { spans.append(fingerprint.span) }
        return spans
    }

    /// Returns the declaration without the text of the boxes, which only the registry needs.
    package func releasingBoxes() -> SecretDeclaration {
        var copy = self
        for index in copy.boxes.indices { copy.boxes[index].box.value = "" }
        return copy
    }

    private mutating func readHosts(_ list: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        var isWhole = true
        tree.forEachElement(of: list) { node in
            guard Value.check(node, .allowedHost, name: "allowedHosts", in: tree, &findings),
                let host = InvalidAllowedHost.read(
                    tree.text(of: node),
                    earlier: acceptedHosts,
                    at: tree[node].span,
                    &findings
                )
            else {
                isWhole = false
                return
            }
            acceptedHosts.append(host)
        }
        if isWhole { allowedHosts = Located(acceptedHosts, tree[list].span) }
    }

    private mutating func readBoxes(_ list: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        areBoxesWhole = true
        tree.forEachElement(of: list) { node in
            if let box = BoxDeclaration(node, in: tree, &findings) {
                boxes.append(box)
            } else {
                areBoxesWhole = false
            }
        }
    }
}

/// An entry of `boxes`.
package struct BoxDeclaration: Sendable {
    package var key: Located<SealingKeyID>
    package var box: Located<String>
    /// The ephemeral public key in the first 32 bytes, which is unique to a box.
    package var ephemeralKey: CanonicalBase64.First32Bytes

    package init?(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let fields = Shape.read(node, as: BoxKey.self, in: tree, &findings)
        let boxNode = fields.node(.box)
        let ephemeralKey = boxNode.flatMap { MalformedBox.read($0, in: tree, &findings) }
        let key = fields.required(.key, in: tree) {
            unsafe tree.withBytes(of: $0) { unsafe SealingKeyID(utf8: $0.span) }
        }
        guard let key, let boxNode, let ephemeralKey else { return nil }
        self.key = key
        box = Located(tree.text(of: boxNode), tree[boxNode].span)
        self.ephemeralKey = ephemeralKey
    }
}
