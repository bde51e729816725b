package import RosterModel
package import YAMLSyntax

/// The `access` section as it is written.
package struct AccessDeclaration: Sendable {
    package var policies: [PolicyDeclaration] = []
    package var tokens: [TokenDeclaration] = []
    /// A Boolean value that indicates whether every policy's name was read; without it, no policy is reported as unknown.
    package var arePoliciesKnown = true

    package init(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let fields = Shape.read(node, as: AccessKey.self, in: tree, &findings)
        if fields.isPresent(.policies), fields.node(.policies) == nil { arePoliciesKnown = false }
        if let node = fields.node(.policies) {
            tree.forEachEntry(of: node) { key, value in
                guard tree[key].isScalar else { return }
                policies.append(PolicyDeclaration(key, value, in: tree, &findings))
            }
        }
        if let node = fields.node(.tokens) {
            tree.forEachElement(of: node) { tokens.append(TokenDeclaration($0, in: tree, &findings)) }
        }
    }
}

/// An entry of `access.policies`.
package struct PolicyDeclaration: Sendable {
    package var name: Located<String>
    package var statements: [StatementDeclaration] = []

    package init(_ key: YAMLNodeIndex, _ value: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings)
    {
        name = Located(tree.text(of: key), tree[key].span)
        if !Handle.isValid(name.value.utf8) {
            InvalidHandle.report(name.value, at: name.span, what: "policy", &findings)
        }
        guard Value.check(value, .list(.statements), name: name.value, in: tree, &findings) else { return }
        tree.forEachElement(of: value) { element in
            if let statement = StatementDeclaration(element, in: tree, &findings) { statements.append(statement) }
        }
    }
}

/// A statement of a policy.
package struct StatementDeclaration: Sendable {
    package var effect: Access.Effect
    package var actions: [Located<String>]
    package var resources: [Located<String>]

    package init?(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let fields = Shape.read(node, as: StatementKey.self, in: tree, &findings)
        actions = fields.node(.action).map { Self.texts($0, .action, "action", in: tree, &findings) } ?? []
        resources = fields.node(.resource).map { Self.texts($0, .resource, "resource", in: tree, &findings) } ?? []
        guard let effect = fields.node(.effect), let parsed = Access.Effect(rawValue: tree.text(of: effect)) else {
            return nil
        }
        self.effect = parsed
    }

    /// Returns the valid texts of a list.
    package static func texts(
        _ list: YAMLNodeIndex,
        _ type: FieldType,
        _ name: String,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> [Located<String>] {
        var result: [Located<String>] = []
        tree.forEachElement(of: list) { node in
            if Value.check(node, type, name: name, in: tree, &findings) {
                result.append(Located(tree.text(of: node), tree[node].span))
            }
        }
        return result
    }
}

/// An entry of `access.tokens`.
package struct TokenDeclaration: Sendable {
    package var id: Located<TokenID>?
    package var name: Located<String>?
    package var hash: Located<TokenHash>?
    package var policies: [Located<String>]
    package var project: Optionally<String>
    package var expires: Optionally<CalendarDate>

    package init(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let fields = Shape.read(node, as: TokenKey.self, in: tree, &findings)
        id = fields.required(.id, in: tree) { unsafe tree.withBytes(of: $0) { unsafe TokenID(utf8: $0) } }
        name = fields.required(.name, in: tree) { tree.text(of: $0) }
        hash = fields.required(.hash, in: tree) { unsafe tree.withBytes(of: $0) { unsafe TokenHash(utf8: $0.span) } }
        policies =
            fields.node(.policies).map {
                StatementDeclaration.texts($0, .text(maximum: 63), "policies", in: tree, &findings)
            }
            ?? []
        project = fields.optionally(.project, in: tree) { tree.text(of: $0) }
        expires = fields.optionally(.expires, in: tree) { CalendarDate(tree.text(of: $0)) }
    }
}
