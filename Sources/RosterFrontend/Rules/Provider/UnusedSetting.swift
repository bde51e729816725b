package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `unused-setting`: a key or value in `config` that looks like a setting and is not read.
package enum UnusedSetting: ProviderRule {
    package static let name = "unused-setting"
    package static let severity = Severity.warning
    package static let summary = "a key or value in `config` that looks like a setting and is not read"
    package static let explanation = """
        `config` can contain any keys, and keys that Roster does not read are kept and passed on. If such a key is a \
        setting of another slug, or differs by a few letters from a setting of this slug, its author probably expects \
        it to work. The same applies to a setting whose value is ignored: one that is not text, a version that is not \
        valid, an `auth` other than `ambient`. In braces, `{a:1}` is the key `a:1` without a value, because a space is \
        missing after the colon. Correct the key or the value, or suppress the warning if another program reads the \
        key.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider + "config:\n  organisation: org-acme\n"
    )
    package static let passing = RuleExample(
        provider: RuleExample.provider + "config:\n  organization: org-acme\n"
    )

    static func check(_ provider: ProviderContext, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        guard let config = provider.config else { return }
        let facts = provider.facts
        tree.forEachEntry(of: config.root) { key, value in
            guard tree[key].isScalar else { return }
            switch unsafe tree.withBytes(of: key, { unsafe facts.use(ofConfigKey: $0) }) {
            case .free: return
            case .read(let position): checkValue(value, of: facts.settings[position], facts, in: tree, &findings)
            case .near(let position, let edits):
                let setting = facts.settings[position].name.description
                let first = misspelling(of: setting, facts, config, in: tree)
                // A setting that is missing is reported once, with this key.
                guard first?.key != key || !isNeeded(setting, provider.declaration, facts) else { return }
                // A setting can be written once: of several misspellings only the first is corrected.
                let other = first.map { tree.text(of: $0.key) } ?? setting
                let misspelling = Misspelling(
                    key: key,
                    setting: setting,
                    edits: edits,
                    other: first?.key == key ? nil : other
                )
                let message = "\(facts.slug.rawValue) does not read \(quoted(tree.text(of: key)))"
                misspelling.report(Self.self, message, in: tree, &findings)
            case .readElsewhere(let position):
                let name = ProviderSlug.settingNames[position].description
                reportForeign(key, name, facts, config, in: tree, &findings)
            }
        }
    }

    /// Returns whether a provider without a setting is refused.
    private static func isNeeded(_ setting: String, _ provider: ProviderDeclaration, _ facts: SlugFacts) -> Bool {
        guard facts.requiredConfig?.description == setting else { return false }
        if case .invalid = provider.config { return false }
        return facts.slug == .azure ? provider.baseURL.isAbsent : true
    }

    private static func reportForeign(
        _ key: YAMLNodeIndex,
        _ setting: String,
        _ facts: SlugFacts,
        _ config: ConfigNodes,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        let slug = facts.slug.rawValue
        let readers = ProviderSlug.reading(setting).map(\.rawValue)
        // `apiVersion` and `version` are the same thing to their slugs.
        let own = facts.settings.map(\.name.description).first { own in
            config.value(own, in: tree) == nil
                && (own.lowercased().hasSuffix(setting.lowercased())
                    || setting.lowercased().hasSuffix(own.lowercased()))
        }
        findings.report(
            Self.self,
            at: tree[key].span,
            "\(slug) does not read \(quoted(tree.text(of: key))); \(list(readers)) \(readers.count == 1 ? "does" : "do")",
            help: own.map { "write \($0): in place of \(tree.text(of: key)):" } ?? help(facts),
            label: own.map { "did you mean \(quoted($0))?" },
            replacement: own.map { Diagnostic.Replacement(text: $0, isSafe: false) }
        )
    }

    /// Returns the settings of a slug, for a message.
    private static func help(_ facts: SlugFacts) -> String {
        let settings = facts.settings.map(\.name.description)
        let read = settings.isEmpty ? "no key of config" : list(settings)
        return "\(facts.slug.rawValue) reads \(read): delete this key if no other program reads it"
    }
}

// MARK: - Keys with a colon

extension UnusedSetting {
    /// Reports a key without a value that has a colon in it, as in `{organization:org-acme}`.
    static func report(
        colonAt colon: Int,
        in key: YAMLNodeIndex,
        of tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        // The text after the colon may be the value of a key.
        let name = String(decoding: tree.source[Int(tree[key].span.start)..<colon], as: UTF8.self)
        findings.report(
            Self.self,
            at: ByteSpan(colon..<colon + 1),
            "\(quoted(name)) has no value: a space is missing after \":\"",
            help: "write \(name): …, with a space after the colon"
        )
    }
}

// MARK: - Values

extension UnusedSetting {
    private static func checkValue(
        _ value: YAMLNodeIndex,
        of setting: SlugSetting,
        _ facts: SlugFacts,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        let name = setting.name.description
        // What is part of the endpoint has to be text of its form, which is checked elsewhere.
        if let part = facts.endpointSettings.first(where: { $0.name == name }) {
            if part == .version { checkVersion(value, in: tree, &findings) }
            return
        }
        guard setting.isText, !tree.isNull(value) else { return }
        guard let text = tree.textOfString(value) else {
            let isPlain = tree[value].kind == .plain
            let quotedText = isPlain ? "\"\(tree.text(of: value))\"" : ""
            findings.report(
                Self.self,
                at: tree[value].span,
                "\(quoted("config.\(name)")) is not text, and is not used",
                help: isPlain ? "quote it: \(quotedText)" : "write text",
                replacement: isPlain ? Diagnostic.Replacement(text: quotedText, isSafe: true) : nil
            )
            return
        }
        if name == "auth", text != "ambient" {
            findings.report(
                Self.self,
                at: tree[value].span,
                "\(quoted("config.auth")) is \(quoted(text)), and is only used when it is ambient",
                help: "write auth: ambient for the AWS identity of the machine; with a secret, delete it"
            )
        }
    }

    private static func checkVersion(_ value: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        guard let text = tree.textOfString(value), EndpointSetting.version.matches(text),
            !Endpoint.isVersion(text)
        else { return }
        let nearest = NearestName.find(text, among: EndpointSetting.versionsOfGoogle)
        findings.report(
            Self.self,
            at: tree[value].span,
            "\(quoted(text)) is not a version of Google's API",
            help: "write \(list(EndpointSetting.versionsOfGoogle, "or"))",
            label: nearest.map { "did you mean \(quoted($0))?" },
            // A short one may be anything.
            replacement: nearest.map { Diagnostic.Replacement(text: $0, isSafe: text.utf8.count >= 5) }
        )
    }
}

// MARK: - Misspelt keys

extension UnusedSetting {
    /// A key of `config` that is near to a setting.
    struct Misspelling {
        var key: YAMLNodeIndex
        var setting: String
        var edits: Int
        /// The setting, or an earlier misspelling of it, when `config` has one.
        var other: String?

        /// Reports the key, with the setting that was probably intended.
        func report(
            _ rule: any Rule.Type,
            _ message: String,
            in tree: borrowing YAMLTree,
            _ findings: inout Findings
        ) {
            let help =
                other.map { "\(quoted($0)) is there too: delete this key, or rename it if another program reads it" }
                ?? "write \(setting): in place of \(tree.text(of: key)):"
            findings.report(
                rule,
                at: tree[key].span,
                message,
                help: help,
                label: "did you mean \(quoted(setting))?",
                replacement: other != nil ? nil : Diagnostic.Replacement(text: setting, isSafe: isCertain(in: tree))
            )
        }

        /// Returns whether the key can only be the setting: it has the same letters, or one edit in a long word, other than a
        /// plural's.
        private func isCertain(in tree: borrowing YAMLTree) -> Bool {
            let text = tree.text(of: key).lowercased()
            let isPlural = text + "s" == setting.lowercased() || text == setting.lowercased() + "s"
            return edits == 0 || edits == 1 && setting.utf8.count >= 6 && !isPlural
        }
    }

    /// Returns the first key of `config` that is near to a setting which is missing.
    static func misspelling(
        of setting: String,
        _ facts: SlugFacts,
        _ config: ConfigNodes?,
        in tree: borrowing YAMLTree
    ) -> Misspelling? {
        guard let config, config.value(setting, in: tree) == nil else { return nil }
        var found: Misspelling?
        tree.forEachEntry(of: config.root) { key, _ in
            guard found == nil, tree[key].isScalar,
                case .near(let position, let edits) = unsafe tree.withBytes(
                    of: key,
                    { unsafe facts.use(ofConfigKey: $0) }
                ), facts.settings[position].name.description == setting
            else { return }
            found = Misspelling(key: key, setting: setting, edits: edits, other: nil)
        }
        return found
    }
}
