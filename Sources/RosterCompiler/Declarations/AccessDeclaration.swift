import RosterModel
import YAMLSyntax

/// The `access` section as it is written.
struct AccessDeclaration: Sendable {
    var policies: [PolicyDeclaration] = []
    var tokens: [TokenDeclaration] = []
    /// Whether every policy's name could be read: without it nothing is said of policies that seem to be unknown.
    var arePoliciesKnown = true

    init(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let fields = Shape.read(node, as: .access, in: tree, &findings)
        if fields.isPresent(0), fields.node(0) == nil { arePoliciesKnown = false }
        if let node = fields.node(0) {
            tree.forEachEntry(of: node) { key, value in
                guard tree[key].isScalar else { return }
                policies.append(PolicyDeclaration(key, value, in: tree, &findings))
            }
        }
        if let node = fields.node(1) {
            tree.forEachElement(of: node) { tokens.append(TokenDeclaration($0, in: tree, &findings)) }
        }
    }
}

/// An entry of `access.policies`.
struct PolicyDeclaration: Sendable {
    var name: Located<String>
    var statements: [StatementDeclaration] = []

    init(_ key: YAMLNodeIndex, _ value: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
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
struct StatementDeclaration: Sendable {
    var effect: Access.Effect
    var actions: [Located<String>]
    var resources: [Located<String>]

    init?(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let fields = Shape.read(node, as: .statement, in: tree, &findings)
        actions = fields.node(1).map { Self.texts($0, .action, "action", in: tree, &findings) } ?? []
        resources = fields.node(2).map { Self.texts($0, .resource, "resource", in: tree, &findings) } ?? []
        guard let effect = fields.node(0), let parsed = Access.Effect(rawValue: tree.text(of: effect)) else {
            return nil
        }
        self.effect = parsed
    }

    /// The valid texts of a list.
    static func texts(
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
struct TokenDeclaration: Sendable {
    var id: Located<TokenID>?
    var name: Located<String>?
    var hash: Located<String>?
    var policies: [Located<String>]
    var project: Optionally<String>
    var expires: Optionally<CalendarDate>

    init(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        let fields = Shape.read(node, as: .token, in: tree, &findings)
        id = fields.required(0, in: tree) { unsafe tree.withBytes(of: $0) { unsafe TokenID(utf8: $0) } }
        name = fields.required(1, in: tree) { tree.text(of: $0) }
        hash = fields.required(2, in: tree) { tree.text(of: $0) }
        policies =
            fields.node(3).map { StatementDeclaration.texts($0, .text(maximum: 63), "policies", in: tree, &findings) }
            ?? []
        project = fields.optionally(4, in: tree) { tree.text(of: $0) }
        expires = fields.optionally(5, in: tree) { CalendarDate(tree.text(of: $0)) }
    }
}
