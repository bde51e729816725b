import RosterBytes
import RosterJSON
import RosterModel
import RosterSources
import YAMLSyntax

/// A provider as its file says it.
///
/// What is missing or wrong is nil and was reported.
struct ProviderDeclaration: Sendable {
    let file: FileIndex
    var id: Located<ProviderID>?
    var name: Located<String>?
    var slug: Located<ProviderSlug>?
    var defaultModel: Located<String>?
    var secret: Optionally<String>
    /// What is at `secret` when it is text and not a handle; judged with the secrets that there are.
    var refusedSecret: Located<String>?
    var baseURL: Optionally<String>
    var config: Optionally<KeptConfig>
    /// Where to point when something is absent that `provider` demands.
    var slugKey: ByteSpan
    /// Where requests go; nil when that cannot be said, which was reported.
    var endpoint: Endpoint?

    /// Positions in the format's table of fields.
    enum Field {
        static let id = 0
        static let name = 1
        static let slug = 2
        static let defaultModel = 3
        static let secret = 4
        static let baseURL = 5
        static let config = 6
    }

    /// Reads the declaration of a file whose root is `root`, and checks all that can be checked without other files.
    init(
        file: FileIndex,
        root: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ configReader: inout ConfigReader,
        _ findings: inout Findings
    ) {
        self.file = file
        let fields = Shape.read(root, as: .provider, in: tree, &findings)
        id = fields.required(Field.id, in: tree) { unsafe tree.withBytes(of: $0) { unsafe ProviderID(utf8: $0) } }
        name = fields.required(Field.name, in: tree) { tree.text(of: $0) }
        slug = fields.required(Field.slug, in: tree) { unsafe tree.withBytes(of: $0) { unsafe ProviderSlug(utf8: $0) } }
        defaultModel = fields.required(Field.defaultModel, in: tree) {
            InvalidValue.checkEnds(of: $0, name: "defaultModel", in: tree, &findings) ? tree.text(of: $0) : nil
        }
        secret = fields.optionally(Field.secret, in: tree) { tree.text(of: $0) }
        baseURL = fields.optionally(Field.baseURL, in: tree) { tree.text(of: $0) }
        if case .invalid = secret { refusedSecret = Self.refusedSecret(fields, in: tree) }
        config = fields.optionally(Field.config, in: tree) { configReader.read($0, in: tree, &findings) }
        slugKey = fields.key(Field.slug).map { tree[$0].span } ?? Shape.firstKeySpan(of: root, in: tree)
        guard let slug = slug?.value else { return }
        check(slug.facts, fields, in: tree, &findings)
    }

    private static func refusedSecret(_ fields: FieldNodes, in tree: borrowing YAMLTree) -> Located<String>? {
        guard let key = fields.key(Field.secret), unsafe tree.withBytes(of: key, { unsafe Self.secretKey.equals($0) })
        else { return nil }
        let value = key + 1
        guard tree[value].isScalar, Value.isText(value, .handle, in: tree) else { return nil }
        return Located(tree.text(of: value), tree[value].span)
    }

    private static let secretKey: StaticString = "secret"

    private mutating func check(
        _ facts: SlugFacts,
        _ fields: FieldNodes,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        let config = fields.node(Field.config).map { ConfigNodes(root: $0) }
        let url = InvalidBaseURL.read(baseURL, fields.node(Field.baseURL), in: tree, &findings)
        if let model = defaultModel, let node = fields.node(Field.defaultModel) {
            UnlikelyModel.check(model, node, facts, url, in: tree, &findings)
        }
        MissingBaseURL.check(self, facts, config, in: tree, &findings)
        MissingConfig.check(self, facts, config, in: tree, &findings)
        let hostParts = InvalidValue.readHostParts(self, facts, config, in: tree, &findings)
        MissingSecret.check(self, facts, &findings)
        AmbientCredentials.check(self, facts, config, in: tree, &findings)
        UnusedSetting.check(self, facts, config, in: tree, &findings)
        ContradictorySetting.check(self, url, facts, config, in: tree, &findings)
        guard let hostParts, url != nil || baseURL.isAbsent,
            let endpoint = endpoint(facts.slug, url, hostParts, &findings)
        else { return }
        UnneededSecret.check(self, endpoint, facts, &findings)
        if let url, !ForbiddenHost.check(self, endpoint, &findings) {
            InsecureBaseURL.check(self, endpoint, &findings)
            if let node = fields.node(Field.baseURL) {
                let address = ProviderAddress(facts: facts, url: url, endpoint: endpoint)
                SuspiciousBaseURL.check(self, node, address, hostParts, config, in: tree, &findings)
            }
        }
    }

    /// Sets ``endpoint``, and returns it for the checks of its base, which a refused model does not prevent.
    private mutating func endpoint(
        _ slug: ProviderSlug,
        _ url: BaseURL?,
        _ config: JSONObject,
        _ findings: inout Findings
    ) -> Endpoint? {
        do throws(Endpoint.Refusal) {
            let endpoint = try Endpoint(slug: slug, baseURL: url, config: config, model: defaultModel?.value)
            self.endpoint = endpoint
            return endpoint
        } catch {
            guard case .model(let refusal) = error, let defaultModel else { return nil }
            InvalidValue.reportModel(defaultModel, refusal, &findings)
            return try? Endpoint(slug: slug, baseURL: url, config: config, model: nil)
        }
    }
}
