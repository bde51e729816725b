import RosterModel
import YAMLSyntax

/// Reads `config`: free, plain JSON values under the core schema.
enum ConfigReader {
    /// The mapping as JSON, keys in the file's order; nil when something in it has no JSON form, which is reported.
    static func read(
        _ mapping: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> JSONObject? {
        guard case .object(let object) = value(mapping, in: tree, &findings) else { return nil }
        return object
    }

    private static func value(
        _ node: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> JSONValue? {
        switch tree[node].kind {
        case .refused:
            return nil
        case .mapping:
            var members: [JSONObject.Member] = []
            members.reserveCapacity(tree.childCount(of: node) / 2)
            var isWhole = true
            tree.forEachEntry(of: node) { key, member in
                guard tree[key].isScalar, let value = value(member, in: tree, &findings) else {
                    isWhole = false
                    return
                }
                members.append(JSONObject.Member(name: tree.text(of: key), value: value))
            }
            return isWhole ? .object(JSONObject(members)) : nil
        case .sequence:
            var elements: [JSONValue] = []
            elements.reserveCapacity(tree.childCount(of: node))
            var isWhole = true
            tree.forEachElement(of: node) { element in
                guard let value = value(element, in: tree, &findings) else {
                    isWhole = false
                    return
                }
                elements.append(value)
            }
            return isWhole ? .array(elements) : nil
        case .plain:
            return plain(node, in: tree, &findings)
        case .singleQuoted, .doubleQuoted, .literal, .folded:
            return .string(tree.text(of: node))
        }
    }

    private static func plain(
        _ node: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> JSONValue? {
        switch unsafe tree.withBytes(of: node, { unsafe PlainScalar($0) }) {
        case .null: return .null
        case .boolean(let value): return .boolean(value)
        case .integer(let value): return .integer(value)
        case .float(let value): return .float(value)
        case .text: return .string(tree.text(of: node))
        case .integerTooLarge:
            InvalidValue.reportNumber(
                tree.text(of: node),
                why: "does not fit in 64 bits",
                at: tree[node].span,
                &findings
            )
        case .notFinite:
            InvalidValue.reportNumber(tree.text(of: node), why: "is no finite number", at: tree[node].span, &findings)
        }
        return nil
    }
}

/// The nodes under `config`, for rules that point into it.
struct ConfigNodes {
    var root: YAMLNodeIndex

    /// The value at a key of `config`, when it is there.
    func value(_ name: String, in tree: borrowing YAMLTree) -> YAMLNodeIndex? { tree.value(of: name, in: root) }
}
