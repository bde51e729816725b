import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// What is kept of a `config` that was read.
enum KeptConfig: Sendable {
    /// Keys in the file's order.
    case values(JSONObject)
    /// As it stands in the registry's document.
    case text([UInt8])
    case nothing

    var values: JSONObject? {
        if case .values(let object) = self { object } else { nil }
    }
}

/// Reads `config`: free, plain JSON values under the core schema.
struct ConfigReader: ~Copyable {
    private let kept: KeptContents
    private var text = JSONWriter(elementsOf: .pretty, depth: 3, isFirst: true, capacity: 0)

    init(keeping kept: KeptContents) { self.kept = kept }

    /// Reads a mapping; nil when something in it has no JSON form, which is reported.
    mutating func read(
        _ mapping: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> KeptConfig? {
        if kept.contains(.values) { return Self.values(mapping, in: tree, &findings).map(KeptConfig.values) }
        guard kept.contains(.document) else {
            var nothing = NoConfig()
            return Self.walk(mapping, in: tree, into: &nothing, &findings) ? .nothing : nil
        }
        text.restart()
        guard Self.walk(mapping, in: tree, into: &text, &findings) else { return nil }
        return .text(text.bytes)
    }

    /// The mapping as values, keys in the file's order; nil when something in it has no JSON form, which is reported.
    static func values(
        _ mapping: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> JSONObject? {
        var values = ConfigValues()
        guard walk(mapping, in: tree, into: &values, &findings), case .object(let object) = values.root else {
            return nil
        }
        return object
    }

    /// Hands a node over, with all that is in it; whether everything has a JSON form.
    private static func walk(
        _ node: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        into sink: inout some ConfigSink & ~Copyable,
        _ findings: inout Findings
    ) -> Bool {
        switch tree[node].kind {
        case .refused:
            return false
        case .mapping:
            var isWhole = true
            sink.object { sink in
                tree.forEachEntry(of: node) { key, member in
                    guard tree[key].isScalar else {
                        isWhole = false
                        return
                    }
                    unsafe tree.withBytes(of: key) { unsafe sink.name(utf8: $0) }
                    if !walk(member, in: tree, into: &sink, &findings) { isWhole = false }
                }
            }
            return isWhole
        case .sequence:
            var isWhole = true
            sink.array { sink in
                tree.forEachElement(of: node) { element in
                    sink.element()
                    if !walk(element, in: tree, into: &sink, &findings) { isWhole = false }
                }
            }
            return isWhole
        case .plain:
            return plain(node, in: tree, into: &sink, &findings)
        case .singleQuoted, .doubleQuoted, .literal, .folded:
            unsafe tree.withBytes(of: node) { unsafe sink.string(utf8: $0) }
            return true
        }
    }

    private static func plain(
        _ node: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        into sink: inout some ConfigSink & ~Copyable,
        _ findings: inout Findings
    ) -> Bool {
        switch unsafe tree.withBytes(of: node, { unsafe PlainScalar($0) }) {
        case .null: sink.null()
        case .boolean(let value): sink.boolean(value)
        case .integer(let value): sink.integer(value)
        case .float(let value): sink.float(value)
        case .text: unsafe tree.withBytes(of: node) { unsafe sink.string(utf8: $0) }
        case .integerTooLarge:
            let why = "does not fit in 64 bits"
            InvalidValue.reportNumber(tree.text(of: node), why: why, at: tree[node].span, &findings)
            return false
        case .notFinite:
            let why = "is no finite number"
            InvalidValue.reportNumber(tree.text(of: node), why: why, at: tree[node].span, &findings)
            return false
        }
        return true
    }
}

/// The nodes under `config`, for rules that point into it.
struct ConfigNodes {
    var root: YAMLNodeIndex

    /// The value at a key of `config`, when it is there.
    func value(_ name: String, in tree: borrowing YAMLTree) -> YAMLNodeIndex? { tree.value(of: name, in: root) }

    /// The text at a key of `config`, when that is what stands there.
    func text(_ name: String, in tree: borrowing YAMLTree) -> String? {
        guard let node = value(name, in: tree), tree[node].isScalar else { return nil }
        if tree[node].kind == .plain, unsafe tree.withBytes(of: node, { unsafe PlainScalar($0) }) != .text {
            return nil
        }
        return tree.text(of: node)
    }
}
