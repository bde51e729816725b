import RosterJSON
import RosterModel
import YAMLSyntax

/// A provider with everything that follows from its own file: the input of its rules.
struct ProviderContext {
    /// The provider, with its endpoint where that is known.
    let provider: Shared<ProviderDeclaration>
    /// The facts of its slug.
    let facts: SlugFacts
    /// The nodes of its `config`.
    let config: ConfigNodes?
    /// The nodes of its `baseUrl` and `defaultModel`, where they are valid texts.
    let nodes: (baseURL: YAMLNodeIndex?, model: YAMLNodeIndex?)
    /// Its `baseUrl`, or the reason it is refused; nil when there is none.
    let baseURL: Result<BaseURL, BaseURL.Refusal>?
    /// The parts of its `config` that become part of URLs; nil when one of them cannot be used.
    let hostParts: JSONObject?
    /// The URLs of its requests; known without a valid model, too.
    let endpoint: Endpoint?

    /// The provider as it is written.
    var declaration: ProviderDeclaration { provider.value }

    /// Its `baseUrl`, when it is valid.
    var url: BaseURL? { try? baseURL?.get() }

    /// Collects what follows from a declaration whose slug has `facts`; reports settings that cannot be part of URLs.
    init(
        _ declaration: consuming ProviderDeclaration,
        _ facts: SlugFacts,
        _ fields: Fields<ProviderKey>,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        self.facts = facts
        config = fields.node(.config).map { ConfigNodes(root: $0) }
        nodes = (fields.node(.baseUrl), fields.node(.defaultModel))
        baseURL = declaration.baseURL.located.map { text in
            Result { () throws(BaseURL.Refusal) in try BaseURL(text.value) }
        }
        let url = try? baseURL?.get()
        hostParts = InvalidValue.readHostParts(declaration, facts, config, in: tree, &findings)
        if let hostParts, url != nil || declaration.baseURL.isAbsent {
            endpoint = Self.endpoint(of: &declaration, facts.slug, url, hostParts, &findings)
        } else {
            endpoint = nil
        }
        if facts.slug == .azure, let node = config?.value("model", in: tree), tree[node].isScalar, !tree.isNull(node) {
            declaration.deployedModel = Located(tree.text(of: node), tree[node].span)
        }
        provider = Shared(declaration)
    }

    /// Sets the declaration's endpoint, and returns it for the rules of its base, which a refused model does not affect.
    private static func endpoint(
        of declaration: inout ProviderDeclaration,
        _ slug: ProviderSlug,
        _ url: BaseURL?,
        _ config: JSONObject,
        _ findings: inout Findings
    ) -> Endpoint? {
        do throws(Endpoint.Refusal) {
            let model = declaration.defaultModel?.value
            let endpoint = try Endpoint(slug: slug, baseURL: url, config: config, model: model)
            declaration.endpoint = endpoint
            return endpoint
        } catch {
            guard case .model(let refusal) = error, let model = declaration.defaultModel else { return nil }
            InvalidValue.reportModel(model, refusal, &findings)
            return try? Endpoint(slug: slug, baseURL: url, config: config, model: nil)
        }
    }
}
