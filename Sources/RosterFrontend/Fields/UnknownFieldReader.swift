import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// A key that the shape of its mapping does not have, with the field that was probably meant.
enum UnknownFieldReader {
    /// An unknown key and its value.
    struct Entry {
        var key: YAMLNodeIndex
        var value: YAMLNodeIndex
    }

    /// Reports a key, and sets the field that was probably intended, so that it is not reported as missing too.
    ///
    /// A field that is present already was not meant: suggesting it would make a key appear twice.
    static func report(
        _ entry: Entry,
        shape: RecordShape,
        in tree: borrowing YAMLTree,
        _ fields: inout FieldNodes,
        _ findings: inout Findings
    ) {
        let name = tree.text(of: entry.key)
        // A merge key was refused when the file was read.
        guard name != "<<" || tree[entry.key].isQuoted else { return }
        if reportColon(entry, shape, in: tree, &fields, &findings) { return }
        switch FieldSynonyms.meaning(of: name, in: shape) {
        case .sealedValue: reportSealedValue(entry, shape, in: tree, &fields, &findings)
        case .setting(let setting): reportSetting(entry, setting, in: tree, &fields, &findings)
        case .field(let field): reportField(entry, field, shape, in: tree, &fields, &findings)
        case nil:
            let names = shape.fields.map(\.name.description)
            let nearest = NearestName.find(name, among: names).flatMap { names.firstIndex(of: $0) }
            reportField(entry, nearest, shape, in: tree, &fields, &findings)
        }
    }

    private static func reportField(
        _ entry: Entry,
        _ meant: Int?,
        _ shape: RecordShape,
        in tree: borrowing YAMLTree,
        _ fields: inout FieldNodes,
        _ findings: inout Findings
    ) {
        let span = tree[entry.key].span
        let message = message(entry, shape, in: tree)
        let names = shape.fields.map(\.name.description)
        guard let meant else {
            if let help = helpToIndent(entry, shape, fields, in: tree) {
                return findings.report(UnknownField.self, at: span, message, help: help)
            }
            var help = "the keys are \(list(names))"
            if shape == .provider { help += "; the provider's own settings belong under config" }
            return findings.report(UnknownField.self, at: span, message, help: help)
        }
        let field = shape.fields[meant]
        guard !fields.isPresent(meant) else {
            var help = "\(quoted(names[meant])) is already there: delete this line"
            if shape == .provider { help += ", or move it under config" }
            return findings.report(UnknownField.self, at: span, message, help: help)
        }
        var ignored = Findings()
        let fits =
            field.isNullable && tree.isNull(entry.value)
            || isPlausible(entry.value, field.type, in: tree)
                && Value.check(entry.value, field.type, name: names[meant], in: tree, &ignored)
        findings.report(
            UnknownField.self,
            at: span,
            message,
            help: help(field, entry.value, in: tree),
            label: "did you mean \(quoted(names[meant]))?",
            replacement: Diagnostic.Replacement(text: names[meant], isSafe: fits)
        )
        fields.setKey(meant, entry.key)
        if fits, !tree.isNull(entry.value) {
            fields.setValue(meant, entry.value)
        } else {
            fields.setInvalid(meant)
        }
    }

    /// Reports a key in braces whose colon no space follows, and enters it in the place of its field.
    private static func reportColon(
        _ entry: Entry,
        _ shape: RecordShape,
        in tree: borrowing YAMLTree,
        _ fields: inout FieldNodes,
        _ findings: inout Findings
    ) -> Bool {
        guard let colon = tree.misplacedColon(in: entry.key, entry.value) else { return false }
        let name = String(decoding: tree.source[Int(tree[entry.key].span.start)..<colon], as: UTF8.self)
        findings.report(
            UnknownField.self,
            at: ByteSpan(colon..<colon + 1),
            "\(quoted(name)) has no value: a space is missing after \":\"",
            help: "write \(name): …, with a space after the colon"
        )
        if let meant = shape.fields.firstIndex(where: { $0.name.description == name }), !fields.isPresent(meant) {
            fields.setKey(meant, entry.key)
            fields.setInvalid(meant)
        }
        return true
    }

    /// Returns how to indent a key that follows `config:` and has lost its indentation; nil for any other key.
    private static func helpToIndent(
        _ entry: Entry,
        _ shape: RecordShape,
        _ fields: FieldNodes,
        in tree: borrowing YAMLTree
    ) -> String? {
        guard shape == .provider, let config = fields.key(ProviderKey.config.rawValue), config < entry.key,
            tree[config + 1].kind == .plain, tree[config + 1].span.isEmpty
        else { return nil }
        let line = CorrectedLine(at: Int(tree[entry.key].span.start), of: tree.source, hiding: KeyMask(tree.source))
        let help = "indent it by two spaces, so that it belongs to config"
        return line.indented(by: 2).map { "\(help): \($0)" } ?? help
    }

    private static func help(_ field: FieldSpec, _ value: YAMLNodeIndex, in tree: borrowing YAMLTree) -> String {
        let name = field.name.description
        if case .list = field.type, tree[value].isScalar {
            return "rename it to \(quoted(name)) and write a list: \(quoted("\(name): […]"))"
        }
        if tree[value].kind == .sequence, case .text = field.type {
            return "rename it to \(quoted(name)) and write one value; for another model, make another provider"
        }
        return "rename it to \(quoted(name))"
    }

    /// Returns whether a value can be what a field of this type holds, where that takes more than its own check.
    private static func isPlausible(_ value: YAMLNodeIndex, _ type: FieldType, in tree: borrowing YAMLTree) -> Bool {
        guard type == .url else { return true }
        return tree[value].isScalar && (try? BaseURL(tree.text(of: value))) != nil
    }

    /// Reports a key that is written into a file.
    private static func reportSealedValue(
        _ entry: Entry,
        _ shape: RecordShape,
        in tree: borrowing YAMLTree,
        _ fields: inout FieldNodes,
        _ findings: inout Findings
    ) {
        let help: String
        if shape == .provider {
            help =
                "an API key is never written into a file: delete this line, seal the key with roster secret set "
                + "<project>/<name> --for <project>/<provider>, and write secret: <name>; replace a key that was committed"
            if !fields.isPresent(ProviderKey.secret.rawValue) {
                fields.setKey(ProviderKey.secret.rawValue, entry.key)
                fields.setInvalid(ProviderKey.secret.rawValue)
            }
        } else {
            help =
                "a secret's value is never written into a file: delete this line and seal the value with roster secret "
                + "set; replace a key that was committed"
        }
        findings.report(UnknownField.self, at: tree[entry.key].span, message(entry, shape, in: tree), help: help)
    }

    /// Reports a setting at the top of a provider that is read under `config`.
    private static func reportSetting(
        _ entry: Entry,
        _ setting: StaticString,
        in tree: borrowing YAMLTree,
        _ fields: inout FieldNodes,
        _ findings: inout Findings
    ) {
        let isFirst = !fields.isPresent(ProviderKey.config.rawValue)
        findings.report(
            UnknownField.self,
            at: tree[entry.key].span,
            message(entry, .provider, in: tree),
            help: helpToIndent(entry, .provider, fields, in: tree)
                ?? (isFirst
                    ? "write it under config: \"config: {\(setting): …}\""
                    : "move it to the other settings under config"),
            label: "belongs under config"
        )
        // Nothing is reported as missing that may be written here.
        fields.setInvalid(ProviderKey.config.rawValue)
    }

    private static func message(_ entry: Entry, _ shape: RecordShape, in tree: borrowing YAMLTree) -> String {
        let key = tree.text(of: entry.key)
        guard key.unicodeScalars.first?.value != 0xA0 else {
            return "this line is indented with a no-break space (U+00A0), which is not a space in YAML"
        }
        return "\(quoted(key)) is not a key of \(shape.title)"
    }

    /// Returns whether a key starts with the sign of a line in a diff.
    static func isLineOfDiff(_ key: YAMLNodeIndex, in tree: borrowing YAMLTree) -> Bool {
        // An empty key, as of "?", may be at the end of the file.
        let first = tree.source[tree[key].span.range].first
        return first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
    }
}
