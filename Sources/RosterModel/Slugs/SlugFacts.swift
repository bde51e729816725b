import RosterBytes

/// The facts about one slug, as of November 2026.
///
/// Rules, schema, documentation and endpoints all use this table. It is a class, since every provider refers to its facts
/// and a copy of a structure would retain all of their arrays.
public final class SlugFacts: Sendable {
    /// The slug.
    public let slug: ProviderSlug
    /// The slug as it is written.
    package let name: StaticString
    /// The product's name, for people.
    public let title: StaticString
    /// The base URL of requests when `baseUrl` is null, or nil when it is required.
    ///
    /// `{name}` is replaced by the text at `config.name`.
    public let endpoint: StaticString?
    /// The endpoint when `config.region` is given and the slug has one for each region.
    public let regionalEndpoint: StaticString?
    /// The suffix that is appended to a `baseUrl` whose path does not end with it.
    public let suffix: StaticString
    /// The settings that become part of the URL of requests.
    public let endpointSettings: [EndpointSetting]
    /// The API with dated versions, for a slug with two APIs.
    public let datedAPI: DatedAPI?
    /// The path of a chat request after the base; `{model}` is replaced by the model as one path segment.
    public let chatPath: StaticString
    /// The path of a chat request for a model in the collection `tunedModels`, if the slug has it.
    public let tunedChatPath: StaticString?
    /// A Boolean value that indicates whether the model is part of a request's path.
    public let isModelInPath: Bool
    /// The characters of the model that the slug's own SDK does not encode in a path.
    let plainInModel: PercentEncoding.Plain
    /// The prefixes, without their `/`, that other programs add to a model of this slug and that its API does not accept.
    ///
    /// The list is empty if models with a `/` exist (`groq/compound`, `openai/gpt-oss-20b`) or depend on the server.
    public let modelPrefixes: [StaticString]
    /// The need for a key.
    public let secret: SecretNeed
    /// The key under `config` that the endpoint requires.
    public let requiredConfig: StaticString?
    /// Hosts that belong to this slug and no other; `*` matches one label.
    public let wellKnownHosts: [StaticString]
    /// The keys of `config` that the slug reads.
    public let settings: [SlugSetting]
    /// The names of ``settings``.
    let settingNames: [SettingName]
    /// A Boolean value that indicates whether requests have the headers in `config.headers`.
    public let sendsConfiguredHeaders: Bool
    /// The path at which the slug's own hosts also support OpenAI's protocol, or nil if it is ``suffix`` or missing.
    let compatiblePath: StaticString?
    /// The protocol of requests and responses.
    public let protocolFamily: ProtocolFamily
    /// The authentication of requests.
    public let authentication: Authentication
    /// The path of the list of models after the base.
    public let modelsPath: StaticString
    /// The base URL of the list of models where it differs from that of chat; see ``endpoint``.
    public let modelsEndpoint: StaticString?
    /// The name of the limit of tokens in a chat request.
    public let answerLimitName: StaticString
    /// Headers whose values are at `config`.
    public let configuredHeaders: [ConfiguredHeader]
    /// The variables that the slug's own SDK reads.
    public let environment: SlugEnvironment

    /// The need of a slug's providers for a key.
    public enum SecretNeed: Sendable {
        /// Every request needs a key.
        case required
        /// Some servers require a key.
        case optional
        /// A secret, or the machine's own identity when `config.auth` is `ambient`.
        case orAmbient
    }

    init(
        slug: ProviderSlug,
        name: StaticString,
        title: StaticString,
        endpoint: StaticString? = nil,
        regionalEndpoint: StaticString? = nil,
        suffix: StaticString = "",
        endpointSettings: [EndpointSetting] = [],
        datedAPI: DatedAPI? = nil,
        chatPath: StaticString,
        tunedChatPath: StaticString? = nil,
        isModelInPath: Bool = false,
        plainInModel: PercentEncoding.Plain = .unreserved,
        modelPrefixes: [StaticString] = [],
        secret: SecretNeed,
        requiredConfig: StaticString? = nil,
        wellKnownHosts: [StaticString] = [],
        settings: [SlugSetting] = [],
        sendsConfiguredHeaders: Bool = false,
        compatiblePath: StaticString? = nil,
        protocolFamily: ProtocolFamily = .openai,
        authentication: Authentication = .bearer,
        modelsPath: StaticString = "/models",
        modelsEndpoint: StaticString? = nil,
        answerLimitName: StaticString = "max_tokens",
        configuredHeaders: [ConfiguredHeader] = [],
        environment: SlugEnvironment
    ) {
        self.slug = slug
        self.name = name
        self.title = title
        self.endpoint = endpoint
        self.regionalEndpoint = regionalEndpoint
        self.suffix = suffix
        self.endpointSettings = endpointSettings
        self.datedAPI = datedAPI
        self.chatPath = chatPath
        self.tunedChatPath = tunedChatPath
        self.isModelInPath = isModelInPath
        self.plainInModel = plainInModel
        self.modelPrefixes = modelPrefixes
        self.secret = secret
        self.requiredConfig = requiredConfig
        self.wellKnownHosts = wellKnownHosts
        self.settings = settings
        settingNames = settings.map { SettingName($0.name) }
        self.sendsConfiguredHeaders = sendsConfiguredHeaders
        self.compatiblePath = compatiblePath
        self.protocolFamily = protocolFamily
        self.authentication = authentication
        self.modelsPath = modelsPath
        self.modelsEndpoint = modelsEndpoint
        self.answerLimitName = answerLimitName
        self.configuredHeaders = configuredHeaders
        self.environment = environment
    }
}

extension SlugFacts {
    /// The path at which the slug's own hosts support OpenAI's protocol.
    package var openAIPath: StaticString { compatiblePath ?? suffix }

    /// Returns a Boolean value that indicates whether a host in lower case belongs to this slug only.
    public func isWellKnown(_ host: String) -> Bool {
        unsafe host.utf8.span.withUnsafeBufferPointer { host in
            wellKnownHosts.contains { unsafe HostPattern.matches($0, host) }
        }
    }
}

/// A host in which `*` matches one label.
private enum HostPattern {
    static func matches(_ pattern: StaticString, _ host: UnsafeBufferPointer<UInt8>) -> Bool {
        var (at, position) = (0, 0)
        while at < pattern.utf8CodeUnitCount {
            let wanted = unsafe pattern.utf8Start[at]
            if wanted == UInt8(ascii: "*") {
                let start = position
                while unsafe position < host.count && host[position] != UInt8(ascii: ".") { position += 1 }
                guard position > start else { return false }
            } else {
                guard unsafe position < host.count && host[position] == wanted else { return false }
                position += 1
            }
            at += 1
        }
        return position == host.count
    }
}
