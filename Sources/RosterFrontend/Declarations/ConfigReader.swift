import RosterDiagnostics
package import RosterJSON
import RosterModel
import YAMLSyntax

/// A `config` in the form that was requested.
package enum ParsedConfig: Sendable {
    /// A value, with its keys in the file's order.
    case values(JSONObject)
    /// The text of the registry's document.
    case json([UInt8])
    /// Nothing but the fact that it is valid.
    case valid

    /// The value, in that form.
    package var values: JSONObject? {
        if case .values(let object) = self { object } else { nil }
    }
}

/// The form in which a `config` is read.
package enum ConfigForm: Sendable {
    case values
    case json
    case valid
}

/// A key of `config` that has a colon in it and no value.
struct ConfigColon {
    var key: YAMLNodeIndex
    /// The offset of the colon.
    var colon: Int
}

/// A reader of `config`: free, plain JSON values under the core schema.
struct ConfigReader: ~Copyable {
    /// The largest number of characters of a key: with an escape for each, libyaml reads it from a registry as well.
    static let longestKey = 500

    /// The keys of the last `config` that have a colon in them and no value.
    private(set) var colons: [ConfigColon] = []
    private let form: ConfigForm
    private var text = JSONWriter(elementsOf: .pretty, depth: 3, isFirst: true, capacity: 0)

    init(_ form: ConfigForm) { self.form = form }

    /// Prepares for another file.
    mutating func reset() { if !colons.isEmpty { colons = [] } }

    /// Reads a mapping; nil when something in it has no JSON form, which is reported.
    mutating func read(
        _ mapping: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> ParsedConfig? {
        switch form {
        case .values: return values(mapping, in: tree, &findings).map(ParsedConfig.values)
        case .valid:
            var nothing = NoConfig()
            return Self.walk(mapping, in: tree, into: &nothing, &colons, &findings) ? .valid : nil
        case .json:
            text.restart()
            guard Self.walk(mapping, in: tree, into: &text, &colons, &findings) else { return nil }
            return .json(text.bytes)
        }
    }

    /// Returns a mapping as a value; nil when something in it has no JSON form, which is reported.
    mutating func values(
        _ mapping: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> JSONObject? {
        var values = ConfigValues()
        guard Self.walk(mapping, in: tree, into: &values, &colons, &findings), case .object(let object) = values.root
        else {
            return nil
        }
        return object
    }

    /// Passes a node and all that is in it to a sink; returns whether everything has a JSON form.
    private static func walk(
        _ node: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        into sink: inout some ConfigSink & ~Copyable,
        _ colons: inout [ConfigColon],
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
                        guard check(key, member, in: tree, &colons, &findings) else {
                            isWhole = false
                            return
                        }
                    }
                    unsafe tree.withBytes(of: key) { unsafe sink.name(utf8: $0) }
                    if !walk(member, in: tree, into: &sink, &colons, &findings) { isWhole = false }
                }
            }
            return isWhole
        case .sequence:
            var isWhole = true
            sink.array { sink in
                tree.forEachElement(of: node) { element in
                    sink.element()
                    if !walk(element, in: tree, into: &sink, &colons, &findings) { isWhole = false }
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

    /// Checks a key that is long or has no value, and returns whether a registry can hold it.
    private static func check(
        _ key: YAMLNodeIndex,
        _ value: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ colons: inout [ConfigColon],
        _ findings: inout Findings
    ) -> Bool {
        let count = tree.scalarCount(of: key)
        guard count <= longestKey else {
            InvalidValue.reportKeyLength(count, maximum: longestKey, at: tree[key].span, &findings)
            return false
        }
        if let colon = tree.misplacedColon(in: key, value) { colons.append(ConfigColon(key: key, colon: colon)) }
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

/// The nodes in `config`, for rules that report a part of it.
struct ConfigNodes {
    var root: YAMLNodeIndex

    /// Returns the value at a key of `config`.
    func value(_ name: String, in tree: borrowing YAMLTree) -> YAMLNodeIndex? { tree.value(of: name, in: root) }

    /// Returns the text at a key of `config`; nil for an absent value, or one of another type.
    func text(_ name: String, in tree: borrowing YAMLTree) -> String? {
        value(name, in: tree).flatMap { tree.textOfString($0) }
    }
}
