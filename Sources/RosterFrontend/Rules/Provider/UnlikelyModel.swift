import RosterBytes
package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `unlikely-model`: a model name that the provider most likely does not have.
package enum UnlikelyModel: ProviderRule {
    package static let name = "unlikely-model"
    package static let severity = Severity.warning
    package static let summary = "a model name that the provider most likely does not have"
    package static let explanation = """
        A request for a model that the provider does not have fails with 404. Word processors and chats turn quotes \
        and hyphens into typographic characters, which no model name contains. Gateways such as LiteLLM put the \
        provider's name and a `/` before the model, as in `azure/gpt-4o`; `openai`, `anthropic`, `azure`, `bedrock` \
        and `google` themselves expect the name alone, without wildcards, spaces and placeholders such as `*`, \
        `{{…}}`, `${…}` and `<…>`. With the other slugs such names are valid: `openai/gpt-oss-20b` is a \
        model of Groq. Upper and lower case is not checked.
        """
    package static let failing = RuleExample(
        provider: RuleExample.provider.replacing("defaultModel: gpt-5.6", with: "defaultModel: openai/gpt-5.6")
    )
    package static let passing = RuleExample(provider: RuleExample.provider)

    static func check(_ provider: ProviderContext, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        guard let model = provider.declaration.defaultModel, let node = provider.nodes.model else { return }
        let (facts, url) = (provider.facts, provider.url)
        guard !PathTraversal.isPlainName(model.value), let problem = problem(in: model.value, facts) else { return }
        let likely = likelyName(for: model.value, with: problem, facts)
        let text = likely.map { PlainText.scalar($0, inPlaceOf: tree[node]) }
        let help = "write the name of one model; roster models lists those that the provider has"
        findings.report(
            Self.self,
            at: model.span,
            "\(quoted("defaultModel")) \(words(for: problem, facts))",
            help: text.map { "write defaultModel: \($0)" } ?? help,
            replacement: text.map {
                Diagnostic.Replacement(text: $0, isSafe: isCertain(likely, problem, facts, url))
            }
        )
    }

    private enum Problem {
        /// A typographic quotation mark or dash.
        case typographic(Unicode.Scalar)
        /// Quotes that are part of the text.
        case quotes
        /// A wildcard, or a text that some program replaces.
        case placeholder
        /// The slug's own name before a `/`.
        case prefix(StaticString)
        /// White space inside the name.
        case blank
    }

    private static func problem(in model: String, _ facts: SlugFacts) -> Problem? {
        if let scalar = model.unicodeScalars.first(where: { TypographicCharacter($0) != nil }) {
            return .typographic(scalar)
        }
        if model.utf8.count > 1, let first = model.utf8.first, first == model.utf8.last, "\"'`".utf8.contains(first) {
            return .quotes
        }
        guard !facts.modelPrefixes.isEmpty else { return nil }
        if model.utf8.contains(where: { "*{}$<>".utf8.contains($0) }) { return .placeholder }
        if let prefix = prefix(of: model, facts) { return .prefix(prefix) }
        return model.unicodeScalars.contains(where: \.properties.isWhitespace) ? .blank : nil
    }

    private static func isQuote(_ character: Character) -> Bool { ["\"", "'", "`"].contains(character) }

    private static func prefix(of model: String, _ facts: SlugFacts) -> StaticString? {
        facts.modelPrefixes.first { prefix in
            let count = prefix.utf8CodeUnitCount
            return model.utf8.dropFirst(count).first == UInt8(ascii: "/")
                && model.utf8.prefix(count).elementsEqual(prefix.description.utf8) { $0.asciiLowercased == $1 }
        }
    }

    private static func words(for problem: Problem, _ facts: SlugFacts) -> String {
        switch problem {
        case .typographic(let scalar): "has \(quoted(String(scalar))), a typographic character that no model has"
        case .quotes: "has quotes as part of its text, which no model has"
        case .placeholder: "is a pattern or placeholder, and \(facts.title) expects the name of one model"
        case .prefix(let prefix): "starts with \(quoted("\(prefix)/")), and \(facts.title) expects the model name alone"
        case .blank: "has a space, which no model of \(facts.title) has"
        }
    }

    /// Returns the name that was most likely meant; nil when it is not known.
    private static func likelyName(for model: String, with problem: Problem, _ facts: SlugFacts) -> String? {
        var text = model
        switch problem {
        case .placeholder, .blank: return nil
        case .prefix: break
        case .typographic, .quotes:
            let plain = model.unicodeScalars.map { TypographicCharacter($0)?.plain ?? $0 }
            text = String(String.UnicodeScalarView(plain)).trimmingEnds { isQuote($0) || $0.isWhitespace }
        }
        while let prefix = prefix(of: text, facts) {
            text = String(text.dropFirst(prefix.utf8CodeUnitCount + 1))
            // What follows may be another program's word for a protocol or region, as in azure/responses/gpt-4o.
            let isWhole = !text.contains("/") || resourceNames.contains { text.hasPrefix($0) }
            guard isWhole || self.prefix(of: text, facts) != nil else { return nil }
        }
        return text.isEmpty || self.problem(in: text, facts) != nil ? nil : text
    }

    /// The beginnings of models' own names in which a `/` follows.
    private static let resourceNames = ["arn:", "models/", "tunedModels/"]

    /// Returns whether the likely name may be written without asking.
    ///
    /// At a `baseUrl` that is not the slug's own, another server may have a model whose name has a prefix.
    private static func isCertain(_ likely: String?, _ problem: Problem, _ facts: SlugFacts, _ url: BaseURL?)
        -> Bool
    {
        if let likely, likely.contains(where: isQuote) { return false }
        guard case .prefix = problem, let url else { return true }
        guard case .name(let host) = url.origin.host else { return false }
        return facts.isWellKnown(host)
    }
}

extension String {
    /// Returns the text without the characters at its ends that fulfil a condition.
    fileprivate func trimmingEnds(where isUnwanted: (Character) -> Bool) -> String {
        guard let first = firstIndex(where: { !isUnwanted($0) }), let last = lastIndex(where: { !isUnwanted($0) })
        else {
            return ""
        }
        return String(self[first...last])
    }
}
