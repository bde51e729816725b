/// Names that other programs and people use for the fields of the format.
///
/// The names are those of LiteLLM, LangChain, the vendors' SDKs and their environment variables.
package enum FieldSynonyms {
    /// The probable meaning of an unknown key.
    package enum Meaning: Sendable {
        /// A field of the same mapping, by its position in ``RecordShape/fields``.
        case field(Int)
        /// The value of a key, which is sealed and never written into a file.
        case sealedValue
        /// A setting that belongs under `config`, with its name there.
        case setting(StaticString)
    }

    /// Returns the meaning of a key that a shape does not have, or nil for a name that is not in use.
    package static func meaning(of key: String, in shape: RecordShape) -> Meaning? {
        let name = LooseName(key)
        for (position, field) in shape.fields.enumerated() where name.isSimilar(to: field.name.description) {
            return .field(position)
        }
        for (field, names) in names(of: shape) where names.contains(where: { name.matches($0) }) {
            let position = shape.fields.firstIndex { $0.name.description == field.description }
            return position.map { .field($0) }
        }
        guard shape == .provider || shape == .secret else { return nil }
        if isValueName(utf8: key.utf8) || KeyName.isKeyName(key) { return .sealedValue }
        guard shape == .provider else { return nil }
        return settings.first { name.isSimilar(to: $0.description) }.map { .setting($0) }
    }

    /// Returns a Boolean value that indicates whether a name at the top of a file usually has a key as its value.
    ///
    /// These names add to those of ``KeyName``, which apply at any depth.
    package static func isValueName(utf8 key: some Sequence<UInt8>) -> Bool {
        let name = LooseName(utf8: key)
        return valueNames.contains { name.matches($0) }
    }

    private static func names(of shape: RecordShape) -> [(field: StaticString, names: [StaticString])] {
        switch shape {
        case .provider: provider
        case .secret: secret
        case .roster: roster
        case .box: [("key", ["keyid", "recipient", "sealingkey"]), ("box", ["ciphertext", "payload"])]
        case .project: [("name", labels)]
        case .sealingKey: [("publicKey", ["key", "pubkey", "pub", "publickeybase64"]), ("name", labels)]
        case .access: [("policies", ["policy", "roles"]), ("tokens", ["token", "keys"])]
        case .models: [("warnWithin", ["warnbefore", "within", "days", "noticeperiod"])]
        case .statement: [("action", ["actions"]), ("resource", ["resources"])]
        case .token:
            [
                ("name", labels), ("hash", ["tokenhash", "digest"]),
                ("policies", ["policy", "roles", "scopes", "permissions"]), ("project", ["projects"]),
                ("expires", ["expiry", "expiration", "expiresat", "expireson", "validuntil"]),
            ]
        }
    }

    private static let labels: [StaticString] = ["title", "label", "displayname", "description"]

    private static let provider: [(field: StaticString, names: [StaticString])] = [
        ("id", ["providerid", "uuid", "aip"]),
        ("name", labels),
        (
            "provider",
            [
                "type", "slug", "vendor", "kind", "providertype", "providername", "customllmprovider", "llmprovider",
                "service",
            ]
        ),
        (
            "defaultModel",
            [
                "model", "modelname", "modelid", "models", "defaultmodelname", "deployment", "deploymentname",
                "deploymentid", "azuredeployment", "engine",
            ]
        ),
        ("secret", ["secretname", "secretref", "secrethandle", "secretid", "secrets"]),
        (
            "baseUrl",
            [
                "url", "uri", "baseuri", "endpoint", "apibase", "apibaseurl", "apiurl", "apiendpoint", "endpointurl",
                "azureendpoint", "openaiapibase", "openaibaseurl", "host", "apihost", "server", "address",
            ]
        ),
        (
            "config",
            [
                "options", "settings", "params", "parameters", "litellmparams", "modelkwargs", "configuration",
                "extra", "extras", "kwargs", "modelparams", "modelparameters",
            ]
        ),
    ]

    private static let secret: [(field: StaticString, names: [StaticString])] = [
        ("id", ["secretid", "uuid"]),
        ("name", labels),
        ("allowedHosts", ["hosts", "host", "allowedhost", "allowed", "allowhosts", "domains", "destinations"]),
        ("generation", ["gen", "revision"]),
        (
            "rotateBy",
            ["rotate", "rotateon", "rotation", "rotateat", "expires", "expiresat", "expiry", "expiration", "due"]
        ),
        ("boxes", ["sealed", "recipients"]),
    ]

    private static let roster: [(field: StaticString, names: [StaticString])] = [
        ("roster", ["version", "rosterversion", "formatversion", "schemaversion"]),
        ("projects", ["project"]),
        ("sealingKeys", ["sealingkey", "keys", "publickeys", "recipients"]),
        ("access", ["acl", "permissions", "authorization", "rbac"]),
    ]

    private static let valueNames: [StaticString] = [
        "key", "openaikey", "openaiapikey", "apikeys", "value", "data", "stringdata", "plaintext",
    ]

    /// Settings of one slug or another that are read under `config`.
    private static let settings: [StaticString] = [
        "region", "resourceName", "apiVersion", "version", "organization", "project", "headers", "auth", "temperature",
        "maxTokens", "topP", "timeout", "maxRetries",
    ]
}
