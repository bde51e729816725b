import RosterBytes
import RosterModel
import RosterSources
import SealedBoxes
import YAMLSyntax

/// A secret as its file says it.
///
/// What is missing or wrong is nil and was reported.
struct SecretDeclaration: Sendable {
    let file: FileIndex
    var id: Located<SecretID>?
    var name: Located<String>?
    /// As they are written; nil when one of them is refused.
    var allowedHosts: Located<[String]>?
    /// The same, read.
    var hosts: [AllowedHost] = []
    var generation: Located<Int64>?
    var fingerprint: Located<String>?
    var rotateBy: Optionally<CalendarDate>
    var boxes: [BoxDeclaration] = []
    /// Whether every box was read: with a broken one, nothing is said of boxes that seem to be missing.
    var areBoxesWhole = false
    var boxesKey: ByteSpan
    /// Where to point when the secret as a whole is meant.
    var idSpan: ByteSpan

    /// Positions in the format's table of fields.
    enum Field {
        static let id = 0
        static let name = 1
        static let allowedHosts = 2
        static let generation = 3
        static let fingerprint = 4
        static let rotateBy = 5
        static let boxes = 6
    }

    /// Reads the declaration of a file whose root is `root`.
    init(file: FileIndex, root: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        self.file = file
        let fields = Shape.read(root, as: .secret, in: tree, &findings)
        let firstKey = Shape.firstKeySpan(of: root, in: tree)
        id = fields.required(Field.id, in: tree) { unsafe tree.withBytes(of: $0) { unsafe SecretID(utf8: $0) } }
        name = fields.required(Field.name, in: tree) { tree.text(of: $0) }
        generation = fields.required(Field.generation, in: tree) { Int64(tree.text(of: $0)) }
        fingerprint = fields.required(Field.fingerprint, in: tree) { tree.text(of: $0) }
        rotateBy = fields.optionally(Field.rotateBy, in: tree) { CalendarDate(tree.text(of: $0)) }
        boxesKey = fields.key(Field.boxes).map { tree[$0].span } ?? firstKey
        idSpan = fields.key(Field.id).map { tree[$0].span } ?? firstKey
        if let node = fields.node(Field.allowedHosts) { readHosts(node, in: tree, &findings) }
        if let node = fields.node(Field.boxes) { readBoxes(node, in: tree, &findings) }
    }

    /// Where base64 and hex stand, which hold any text by chance.
    var opaqueSpans: [ByteSpan] {
        var spans: [ByteSpan] = []
        for box in boxes { spans.append(box.box.span) }
        if let fingerprint { spans.append(fingerprint.span) }
        return spans
    }

    private mutating func readHosts(_ list: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        var texts: [String] = []
        var isWhole = true
        tree.forEachElement(of: list) { node in
            guard Value.check(node, .allowedHost, name: "allowedHosts", in: tree, &findings),
                let host = InvalidAllowedHost.read(tree.text(of: node), earlier: texts, at: tree[node].span, &findings)
            else {
                isWhole = false
                return
            }
            texts.append(tree.text(of: node))
            hosts.append(host)
        }
        if isWhole { allowedHosts = Located(texts, tree[list].span) }
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

/// One entry of `boxes`.
struct BoxDeclaration: Sendable {
    var key: Located<String>
    var box: Located<String>
    /// The first 32 bytes: the ephemeral public key, which no two boxes share by chance.
    var ephemeralKey: CanonicalBase64.First32Bytes

    init?(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let fields = Shape.read(node, as: .box, in: tree, &findings)
        let boxNode = fields.node(1)
        let ephemeralKey = boxNode.flatMap { MalformedBox.read($0, in: tree, &findings) }
        guard let key = fields.node(0), let boxNode, let ephemeralKey else { return nil }
        self.key = Located(tree.text(of: key), tree[key].span)
        box = Located(tree.text(of: boxNode), tree[boxNode].span)
        self.ephemeralKey = ephemeralKey
    }
}
