import RosterBytes
package import RosterModel
package import RosterSources
package import YAMLSyntax

/// A provider as it is written in its file.
///
/// A value that is missing or wrong is nil and was reported.
package struct ProviderDeclaration: Sendable {
    /// The file.
    package let file: FileIndex
    package var id: Located<ProviderID>?
    package var name: Located<String>?
    package var slug: Located<ProviderSlug>?
    package var defaultModel: Located<String>?
    /// The model of an azure deployment, where `config.model` names it.
    package var deployedModel: Located<String>?
    /// The handle of the secret.
    package var secret: Optionally<String>
    /// The text at `secret` that is not a handle; the linker explains it with the secrets of the project.
    package var refusedSecret: Located<String>?
    package var baseURL: Optionally<String>
    package var config: Optionally<ParsedConfig>
    /// The place of a problem with something that `provider` requires and that is absent.
    package var slugKey: ByteSpan
    /// The URLs of the requests; nil when they are unknown, which was reported.
    package var endpoint: Endpoint?

    /// Reads the declaration of a file whose root is `root`.
    init(
        file: FileIndex,
        root: YAMLNodeIndex,
        _ fields: Fields<ProviderKey>,
        in tree: borrowing YAMLTree,
        _ configReader: inout ConfigReader,
        _ findings: inout Findings
    ) {
        self.file = file
        id = fields.required(.id, in: tree) { unsafe tree.withBytes(of: $0) { unsafe ProviderID(utf8: $0) } }
        name = fields.required(.name, in: tree) { tree.text(of: $0) }
        slug = fields.required(.provider, in: tree) { unsafe tree.withBytes(of: $0) { unsafe ProviderSlug(utf8: $0) } }
        defaultModel = fields.required(.defaultModel, in: tree) {
            InvalidValue.checkEnds(of: $0, name: "defaultModel", in: tree, &findings) ? tree.text(of: $0) : nil
        }
        secret = fields.optionally(.secret, in: tree) { tree.text(of: $0) }
        baseURL = fields.optionally(.baseUrl, in: tree) { tree.text(of: $0) }
        if case .invalid = secret { refusedSecret = Self.refusedSecret(fields, in: tree) }
        config = fields.optionally(.config, in: tree) { configReader.read($0, in: tree, &findings) }
        slugKey = fields.key(.provider).map { tree[$0].span } ?? tree.firstKeySpan(of: root)
    }

    private static func refusedSecret(_ fields: Fields<ProviderKey>, in tree: borrowing YAMLTree) -> Located<String>? {
        guard let key = fields.key(.secret), unsafe tree.withBytes(of: key, { unsafe Self.secretKey.equals($0) })
        else { return nil }
        let value = key + 1
        guard tree[value].isScalar, Value.isText(value, .handle, in: tree) else { return nil }
        return Located(tree.text(of: value), tree[value].span)
    }

    private static let secretKey: StaticString = "secret"
}
