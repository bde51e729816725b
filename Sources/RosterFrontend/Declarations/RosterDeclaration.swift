package import RosterModel
package import YAMLSyntax

/// `roster.yaml` as it is written.
///
/// A value that is missing or wrong is absent and was reported.
package struct RosterDeclaration: Sendable {
    package var projects: [ProjectDeclaration] = []
    /// A Boolean value that indicates whether `projects` was read; without it, no project is reported as unknown.
    package var areProjectsKnown = false
    package var sealingKeys: [SealingKeyDeclaration] = []
    /// A Boolean value that indicates whether every sealing key was read.
    package var areSealingKeysWhole = true
    package var sealingKeysKey: ByteSpan?
    /// Nil when there is no such section.
    package var access: AccessDeclaration?
    /// Nil when there is no such section.
    package var models: ModelsDeclaration?
    /// The place of a problem with something that is absent.
    package var firstKey = ByteSpan(0..<0)

    /// The declaration of a `roster.yaml` that could not be read.
    package static let unknown = RosterDeclaration()

    private init() { areSealingKeysWhole = false }

    /// Reads the declaration of a file whose root is `root`.
    package init(root: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let fields = Shape.read(root, as: RosterKey.self, in: tree, &findings)
        firstKey = tree.firstKeySpan(of: root)
        if let node = fields.node(.projects) {
            areProjectsKnown = true
            tree.forEachEntry(of: node) { key, value in
                guard tree[key].isScalar else { return }
                if let project = ProjectDeclaration(key, value, in: tree, &findings) { projects.append(project) }
            }
        }
        sealingKeysKey = fields.key(.sealingKeys).map { tree[$0].span }
        if fields.isPresent(.sealingKeys), fields.node(.sealingKeys) == nil { areSealingKeysWhole = false }
        if let node = fields.node(.sealingKeys) {
            tree.forEachElement(of: node) { element in
                if let key = SealingKeyDeclaration(element, in: tree, &findings) {
                    sealingKeys.append(key)
                } else {
                    areSealingKeysWhole = false
                }
            }
        }
        if let node = fields.node(.models), let key = fields.key(.models) {
            models = ModelsDeclaration(key: tree[key].span, node, in: tree, &findings)
        }
        if let node = fields.node(.access) { access = AccessDeclaration(node, in: tree, &findings) }
    }

    /// The spans of base64 and hex, which contain any text by chance.
    package var opaqueSpans: [ByteSpan] {
        sealingKeys.map { $0.publicKey.span } + (access?.tokens.compactMap { $0.hash?.span } ?? [])
    }
}

/// An entry of `projects`.
package struct ProjectDeclaration: Sendable {
    package var handle: Located<String>
    package var id: Located<ProjectID>?
    package var name: Located<String>?

    package init?(_ key: YAMLNodeIndex, _ value: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings)
    {
        let text = tree.text(of: key)
        handle = Located(text, tree[key].span)
        guard Handle.isValid(text.utf8) else {
            InvalidHandle.report(text, at: tree[key].span, what: "project", &findings)
            return nil
        }
        guard tree[value].kind != .plain else {
            WrongType.reportProject(handle.value, value, in: tree, &findings)
            return
        }
        let fields = Shape.read(value, as: ProjectKey.self, in: tree, &findings)
        id = fields.required(.id, in: tree) { unsafe tree.withBytes(of: $0) { unsafe ProjectID(utf8: $0) } }
        name = fields.required(.name, in: tree) { tree.text(of: $0) }
    }
}

/// An entry of `sealingKeys`.
package struct SealingKeyDeclaration: Sendable {
    package var id: Located<SealingKeyID>
    package var publicKey: Located<String>
    package var name: String
    package var isRetired: Bool

    package init?(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let fields = Shape.read(node, as: SealingKeyKey.self, in: tree, &findings)
        let id = fields.required(.id, in: tree) { unsafe tree.withBytes(of: $0) { unsafe SealingKeyID(utf8: $0.span) } }
        guard let id, let publicKey = fields.required(.publicKey, in: tree, { tree.text(of: $0) }),
            let name = fields.required(.name, in: tree, { tree.text(of: $0) })
        else { return nil }
        self.id = id
        self.publicKey = publicKey
        self.name = name.value
        isRetired = fields.node(.retired).map { tree.text(of: $0).lowercased() == "true" } ?? false
    }
}
