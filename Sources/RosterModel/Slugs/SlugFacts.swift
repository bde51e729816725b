import RosterBytes

/// What holds for one slug.
///
/// Facts of November 2026.
///
/// This is the one place for them: rules, schema, docs and endpoints are driven by it. It is an object, since it is asked
/// for with every provider, and a copy would count all that it holds.
public final class SlugFacts: Sendable {
    /// The slug that the facts are of.
    public let slug: ProviderSlug
    /// The slug as it is written.
    package let name: StaticString
    /// The product's name, for people.
    public let title: StaticString
    /// Where requests go when `baseUrl` is null; nil when it is required.
    ///
    /// `{name}` stands for the text at `config.name`.
    public let endpoint: StaticString?
    /// The endpoint when `config.region` is given and the slug has one for each region.
    public let regionalEndpoint: StaticString?
    /// What is appended to a `baseUrl` whose path does not end in it.
    public let suffix: StaticString
    /// The settings that become part of the URL of requests.
    public let endpointSettings: [EndpointSetting]
    /// The API with dated versions, where the slug has one beside its own.
    public let datedAPI: DatedAPI?
    /// Where a chat request goes, behind the base; `{model}` stands for the model as one path segment.
    public let chatPath: StaticString
    /// The path of a chat request for a model of the collection `tunedModels`, where the slug has one.
    public let tunedChatPath: StaticString?
    /// Whether the model is part of the path of a request.
    public let isModelInPath: Bool
    /// The characters of the model that the slug's own SDK does not encode in a path.
    let plainInModel: PercentEncoding.Plain
    /// The names that other programs write with a `/` before a model of this slug, and that its own API never has there.
    ///
    /// Empty where names with a `/` are real (`groq/compound`, `openai/gpt-oss-20b`), and where the servers decide.
    public let modelPrefixes: [StaticString]
    /// Whether a key is needed to call it.
    public let secret: SecretNeed
    /// The key under `config` without which there is no endpoint.
    public let requiredConfig: StaticString?
    /// Hosts that belong to this slug and no other; `*` stands for one label.
    public let wellKnownHosts: [StaticString]
    /// The keys of `config` that it reads.
    public let settings: [SlugSetting]
    /// The names of ``settings``.
    let settingNames: [SettingName]
    /// Whether `config.headers` is sent.
    public let sendsConfiguredHeaders: Bool
    /// The path at which the slug's own hosts also speak OpenAI's protocol; nil where that is ``suffix``, or nowhere.
    let compatiblePath: StaticString?
    /// What requests and answers are made of.
    public let protocolFamily: ProtocolFamily
    /// How a key is shown.
    public let authentication: Authentication
    /// Where the list of models is, behind the base.
    public let modelsPath: StaticString
    /// The host that the list of models is at, where it is another than chat's; see ``endpoint``.
    public let modelsEndpoint: StaticString?
    /// What a chat request calls the most tokens of its answer.
    public let answerLimitName: StaticString
    /// Headers whose values are at `config`.
    public let configuredHeaders: [ConfiguredHeader]
    /// The variables that the slug's own SDK reads.
    public let environment: SlugEnvironment

    /// Whether a provider of a slug has a key.
    public enum SecretNeed: Sendable {
        /// There is no calling it without one.
        case required
        /// Some servers ask for one.
        case optional
        /// A secret, or the host's own identity when `config.auth` says `ambient`.
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
    /// The path at which the slug's own hosts speak OpenAI's protocol.
    package var openAIPath: StaticString { compatiblePath ?? suffix }

    /// Whether a host, in lower case, belongs to this slug and no other.
    public func isWellKnown(_ host: String) -> Bool {
        unsafe host.utf8.span.withUnsafeBufferPointer { host in
            wellKnownHosts.contains { unsafe HostPattern.matches($0, host) }
        }
    }
}

/// A host in which `*` stands for one label.
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
