import RosterModel
package import YAMLSyntax

/// `models` of `roster.yaml`.
package struct ModelsDeclaration: Sendable {
    /// The place of the key.
    package var key: ByteSpan
    /// The number of days before its retirement within which a model is reported; nil for the default.
    package var warnWithin: Located<Int>?

    /// The number of days without a declaration.
    package static let defaultDays = 90

    init(key: ByteSpan, _ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        self.key = key
        let fields = Shape.read(node, as: ModelsKey.self, in: tree, &findings)
        warnWithin = fields.node(.warnWithin).flatMap { node in
            DayCount(tree.text(of: node)).map { Located($0.days, tree[node].span) }
        }
    }
}
