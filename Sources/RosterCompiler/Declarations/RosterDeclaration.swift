import RosterModel
import YAMLSyntax

/// `roster.yaml` as it is written.
///
/// What is missing or wrong is left out and was reported.
struct RosterDeclaration: Sendable {
    var projects: [ProjectDeclaration] = []
    /// Whether `projects` could be read: without it nothing is said of projects that seem to be unknown.
    var areProjectsKnown = false
    var sealingKeys: [SealingKeyDeclaration] = []
    /// Whether every sealing key could be read.
    var areSealingKeysWhole = true
    var sealingKeysKey: ByteSpan?
    /// Nil when there is no such section.
    var access: AccessDeclaration?
    /// Where to point when something is absent from the file.
    var firstKey = ByteSpan(0..<0)

    /// What stands for a `roster.yaml` that could not be read: nothing is said of what it might have held.
    static let unknown = RosterDeclaration()

    private init() { areSealingKeysWhole = false }

    /// Reads the declaration of a file whose root is `root`.
    init(root: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let fields = Shape.read(root, as: .roster, in: tree, &findings)
        firstKey = Shape.firstKeySpan(of: root, in: tree)
        if let node = fields.node(1) {
            areProjectsKnown = true
            tree.forEachEntry(of: node) { key, value in
                guard tree[key].isScalar else { return }
                if let project = ProjectDeclaration(key, value, in: tree, &findings) { projects.append(project) }
            }
        }
        sealingKeysKey = fields.key(2).map { tree[$0].span }
        if fields.isPresent(2), fields.node(2) == nil { areSealingKeysWhole = false }
        if let node = fields.node(2) {
            tree.forEachElement(of: node) { element in
                if let key = SealingKeyDeclaration(element, in: tree, &findings) {
                    sealingKeys.append(key)
                } else {
                    areSealingKeysWhole = false
                }
            }
        }
        if let node = fields.node(3) { access = AccessDeclaration(node, in: tree, &findings) }
    }

    /// Where base64 and hex stand, which hold any text by chance.
    var opaqueSpans: [ByteSpan] {
        sealingKeys.map { $0.publicKey.span } + (access?.tokens.compactMap { $0.hash?.span } ?? [])
    }
}

/// An entry of `projects`.
struct ProjectDeclaration: Sendable {
    var handle: Located<String>
    var id: Located<ProjectID>?
    var name: Located<String>?

    init?(_ key: YAMLNodeIndex, _ value: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let text = tree.text(of: key)
        handle = Located(text, tree[key].span)
        guard Handle.isValid(text.utf8) else {
            InvalidHandle.report(text, at: tree[key].span, what: "project", &findings)
            return nil
        }
        guard tree[value].kind != .plain else {
            WrongType.reportProject(handle, value, in: tree, &findings)
            return
        }
        let fields = Shape.read(value, as: .project, in: tree, &findings)
        id = fields.required(0, in: tree) { unsafe tree.withBytes(of: $0) { unsafe ProjectID(utf8: $0) } }
        name = fields.required(1, in: tree) { tree.text(of: $0) }
    }
}

/// An entry of `sealingKeys`.
struct SealingKeyDeclaration: Sendable {
    var id: Located<String>
    var publicKey: Located<String>
    var name: String
    var isRetired: Bool

    init?(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let fields = Shape.read(node, as: .sealingKey, in: tree, &findings)
        guard let id = fields.required(0, in: tree, { tree.text(of: $0) }),
            let publicKey = fields.required(1, in: tree, { tree.text(of: $0) }),
            let name = fields.required(2, in: tree, { tree.text(of: $0) })
        else { return nil }
        self.id = id
        self.publicKey = publicKey
        self.name = name.value
        isRetired = fields.node(3).map { tree.text(of: $0).lowercased() == "true" } ?? false
    }
}
