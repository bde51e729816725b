import RosterDiagnostics
import RosterJSON
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
    /// The largest number of characters of a key: with an escape for each, libyaml reads it from a registry as well.
    static let longestKey = 500

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
                    if tree.contentLength(of: key) > longestKey || tree[member].span.isEmpty {
                        guard check(key, member, in: tree, &findings) else {
                            isWhole = false
                            return
                        }
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

    /// Checks a key that is long or has no value; returns whether a registry can hold it.
    private static func check(
        _ key: YAMLNodeIndex,
        _ value: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> Bool {
        let count = tree.scalarCount(of: key)
        guard count <= longestKey else {
            InvalidValue.reportKeyLength(count, maximum: longestKey, at: tree[key].span, &findings)
            return false
        }
        UnusedSetting.checkColon(in: key, value, in: tree, &findings)
        return true
    }

    private static func plain(
        _ node: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        into sink: inout some ConfigSink & ~Copyable,
        _ findings: inout Findings
    ) -> Bool {
        let scalar = unsafe tree.withBytes(of: node) { unsafe PlainScalar($0) }
        switch scalar {
        case .null: sink.null()
        case .boolean(let value): sink.boolean(value)
        case .text: unsafe tree.withBytes(of: node) { unsafe sink.string(utf8: $0) }
        case .integer, .float, .integerTooLarge, .notFinite:
            if let loss = unsafe tree.withBytes(of: node, { unsafe scalar.digitLoss(in: $0) }) {
                WrongType.report(loss, node, scalar, in: tree, &findings)
                return false
            }
            switch scalar {
            case .integer(let value): sink.integer(value)
            case .float(let value): sink.float(value)
            default:
                let why = scalar == .notFinite ? "is not a finite number" : "does not fit in 64 bits"
                InvalidValue.reportNumber(tree.text(of: node), why: why, at: tree[node].span, &findings)
                return false
            }
        }
        return true
    }
}

/// The nodes under `config`, for rules that point into it.
struct ConfigNodes {
    var root: YAMLNodeIndex

    /// The value at a key of `config`, when it is there.
    func value(_ name: String, in tree: borrowing YAMLTree) -> YAMLNodeIndex? { tree.value(of: name, in: root) }

    /// Returns the text at a key of `config`; nil where there is none, or a value of another type.
    func text(_ name: String, in tree: borrowing YAMLTree) -> String? {
        value(name, in: tree).flatMap { tree.textOfString($0) }
    }
}

extension YAMLTree {
    /// Returns the text of a scalar that is a string; nil for a value of another type.
    func textOfString(_ node: YAMLNodeIndex) -> String? {
        guard self[node].isScalar else { return nil }
        if self[node].kind == .plain, unsafe withBytes(of: node, { unsafe PlainScalar($0) }) != .text { return nil }
        return text(of: node)
    }
}
