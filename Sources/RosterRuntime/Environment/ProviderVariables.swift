import RosterBytes
import RosterJSON
import RosterModel
import SealedBoxes

/// The names that a provider's variables have.
package enum VariableForm: Hashable, Sendable {
    /// Those of the provider's own SDK.
    ///
    /// `isIdentified` adds `ROSTER_PROVIDER_ID` and `ROSTER_MODEL`, which one provider of a program can have.
    /// `hasCompatibleClient` adds those of OpenAI's SDK to a provider that has both.
    case own(isIdentified: Bool, hasCompatibleClient: Bool)
    /// Names with a prefix.
    case prefixed(VariablePrefix)

    /// The names for the only provider of a program.
    package static let alone = VariableForm.own(isIdentified: true, hasCompatibleClient: true)

    /// The variable that holds the model of ``alone``.
    package static let model: StaticString = "ROSTER_MODEL"
}

/// The variables of one provider, without its key.
struct ProviderVariables {
    /// A variable whose value comes from a field of the provider.
    struct Plain {
        let name: String
        let value: String
        let field: String
    }

    /// The variables with values of the record, in order.
    private(set) var plain: [Plain] = []
    /// Variables that hold a key that is sent.
    private(set) var keys: [String] = []
    /// Variables that hold the parts of a key that signs; empty for other providers.
    private(set) var signing: [String] = []
    /// Variables that hold a placeholder when there is no secret.
    private var placeholders: [String] = []

    init(_ provider: RegisteredProvider, _ endpoint: Endpoint, _ form: VariableForm) {
        switch form {
        case .prefixed(let prefix): addPrefixed(prefix, provider.record, endpoint)
        case .own(let isIdentified, let hasCompatibleClient):
            addOwn(provider.record, endpoint, isIdentified, hasCompatibleClient)
        }
        guard provider.secret == nil, !provider.isAmbient else { return }
        (keys, signing) = ([], [])
        for name in placeholders { add(name, SlugEnvironment.placeholderKey.description, from: "secret") }
    }

    private mutating func add(_ name: String, _ value: String, from field: String) {
        plain.append(Plain(name: name, value: value, field: field))
    }

    private mutating func addPrefixed(_ prefix: VariablePrefix, _ record: Provider, _ endpoint: Endpoint) {
        let names = record.slug.facts.environment
        add(prefix.name(.baseURL), "\(endpoint.base)", from: "baseUrl")
        add(prefix.name(.model), record.defaultModel, from: "defaultModel")
        add(prefix.name(.provider), record.slug.rawValue, from: "provider")
        if let region = record.config?["region"]?.string {
            add(prefix.name(.region), region, from: "config.region")
        }
        keys = [prefix.name(.apiKey)]
        if names.keyWithoutSecret != nil { placeholders = keys }
        guard names.signing != nil else { return }
        signing = [VariablePrefix.Suffix.awsAccessKeyID, .awsSecretAccessKey, .awsSessionToken].map(prefix.name)
    }

    private mutating func addOwn(
        _ record: Provider,
        _ endpoint: Endpoint,
        _ isIdentified: Bool,
        _ hasCompatibleClient: Bool
    ) {
        let names = record.slug.facts.environment
        let base = SDKBaseURL(endpoint, record.slug)
        for variable in names.configured {
            guard let value = record.config?[variable.config.description]?.string else { continue }
            add(variable.name.description, value, from: "config.\(variable.config)")
        }
        if let name = names.baseURL { add(name.description, base.text, from: "baseUrl") }
        if let name = names.version { add(name.description, base.version, from: "baseUrl") }
        let undated = endpoint.chat.query.isEmpty ? names.undatedClient : nil
        if let undated { add(undated.baseURL.description, "\(endpoint.base)", from: "baseUrl") }
        if !record.isBaseURLOfAWS {
            for name in names.endpointURLs { add(name.description, base.text, from: "baseUrl") }
        }
        if names.keyWithoutSecret != nil { placeholders = names.keys.map(\.description) }
        if hasCompatibleClient, let client = names.compatibleClient, record.secretID == nil {
            let url = "\(endpoint.base)\(record.slug.facts.openAIPath)"
            add(client.baseURL.description, url, from: "baseUrl")
            placeholders.append(client.key.description)
        }
        if isIdentified {
            add("ROSTER_PROVIDER_ID", record.id.description, from: "id")
            add(VariableForm.model.description, record.defaultModel, from: "defaultModel")
        }
        keys = (names.keys + [undated?.key].compactMap(\.self)).map(\.description)
        guard let signing = names.signing else { return }
        self.signing = [signing.accessKeyID, signing.secretAccessKey, signing.sessionToken].map(\.description)
    }
}

extension Provider {
    /// A Boolean value that indicates whether AWS's SDKs derive the base URL from the region.
    ///
    /// They have other hosts than Roster for regions outside of AWS's main partition.
    var isBaseURLOfAWS: Bool {
        guard baseURL == nil, let region = config?["region"]?.string else { return false }
        return !["cn-", "us-iso", "eu-iso", "eusc-"].contains { region.hasPrefix($0) }
    }
}

extension RegisteredProvider {
    /// Returns the names of the variables of a program that uses the provider, without opening its secret.
    ///
    /// A provider whose key has several forms gives the names of each.
    package func variableNames(_ form: VariableForm) throws(ProviderFailure) -> [String] {
        let variables = ProviderVariables(self, try endpoint(), form)
        return variables.plain.map(\.name) + variables.keys + variables.signing
    }
}

extension OpenEndpoint {
    /// Returns the variables that the provider's own SDK reads, and the provider's id and model, or variables with
    /// a prefix.
    ///
    /// - Throws: ``ProviderFailure`` when the SDK would send requests to a URL that the secret does not allow, or when
    ///   a value cannot be a variable.
    package func environment(_ form: VariableForm = .alone) throws(ProviderFailure) -> ExecEnvironment {
        try check(endpoint.base.origin, path: SDKBaseURL(endpoint, provider.record.slug).chatPath)
        let variables = ProviderVariables(provider, endpoint, form)
        var inherited = InheritedVariables(origin: endpoint.base.origin)
        if case .prefixed(let prefix) = form {
            // A variable of an earlier run is not another provider's.
            inherited.remove(VariablePrefix.Suffix.allCases.map(prefix.name))
        }
        var environment = try ExecEnvironment(inherited)
        for variable in variables.plain { try environment.set(variable, of: provider.name) }
        switch credential {
        case .none: break
        case .key(let key): for name in variables.keys { try environment.set(name, to: key, of: provider.name) }
        case .signing(let key):
            guard variables.signing.count == 3 else { break }
            try environment.set(variables.signing[0], to: key.accessKeyID, of: provider.name)
            try environment.set(variables.signing[1], to: key.secretAccessKey, of: provider.name)
            guard key.sessionToken.count > 0 else { break }
            try environment.set(variables.signing[2], to: key.sessionToken, of: provider.name)
        }
        return environment
    }

    /// A sentence about SDKs that need more than these variables to use the URL of `ping`; nil when all use it.
    package var baseURLNote: String? {
        switch provider.record.slug {
        case .bedrock where !provider.record.isBaseURLOfAWS:
            "only AWS's own SDKs take the provider's baseUrl from a variable: pass it to any other"
        case .xai where facts.defaultURL(config: nil)?.origin == endpoint.base.origin:
            "no SDK reads XAI_BASE_URL: pass it to OpenAI's as base_url; the xai-sdk package uses gRPC"
        case .xai:
            "no SDK reads XAI_BASE_URL: pass it to OpenAI's as base_url, and to the xai-sdk package "
                + "api_host=\"\(endpoint.base.origin.host)\""
        case .google where SDKBaseURL(endpoint, .google).chatPath != endpoint.chat.path:
            "Google's SDK does not encode the / of the model, and asks \(SDKBaseURL(endpoint, .google).chatPath), "
                + "not the path of roster ping"
        default: nil
        }
    }
}

extension ExecEnvironment {
    /// Sets a variable to a key, or a part of one.
    fileprivate mutating func set(
        _ name: String,
        to key: borrowing SecretBytes,
        of provider: String
    ) throws(ProviderFailure) {
        try unsafe key.withBytes { (key) throws(ProviderFailure) in
            try unsafe set(name, to: key, shown: nil, of: provider)
        }
    }

    /// Sets a variable whose value comes from a field of the provider.
    ///
    /// A NUL would end the value, and a line break would start another header in a client that sends the value as one.
    fileprivate mutating func set(
        _ variable: ProviderVariables.Plain,
        of provider: String
    ) throws(ProviderFailure) {
        let (name, value, field) = (variable.name, variable.value, variable.field)
        guard value.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw ProviderFailure(
                .endpoint,
                "\(field) of \(provider) has a control character, which \(name) cannot hold",
                help: "remove the line break or control character from \(field)"
            )
        }
        if name.hasSuffix("_REGION"), !value.utf8.allSatisfy({ $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") }) {
            // SDKs make a host of it.
            throw ProviderFailure(
                .endpoint,
                "\(field) of \(provider) is not the name of a region",
                help: "write it as AWS does: eu-central-1"
            )
        }
        try unsafe Array(value.utf8).span.withUnsafeBytes { (bytes) throws(ProviderFailure) in
            try unsafe set(name, to: bytes, shown: value, of: provider)
        }
    }
}
