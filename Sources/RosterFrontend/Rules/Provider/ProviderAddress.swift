import RosterBytes
import RosterJSON
import RosterModel

/// A slug and a base URL, with the requests that follow from them.
struct ProviderAddress {
    let facts: SlugFacts
    let url: BaseURL
    let endpoint: Endpoint

    /// The reason requests would not reach an operation, and the address that was probably intended.
    struct Fault {
        /// The end of a sentence that starts with `baseUrl`.
        var message: String
        var slug: ProviderSlug
        var path: String
        /// A Boolean value that indicates whether only this address can be intended.
        var isCertain = false
        /// The slug for the case that its protocol is intended.
        var alternative: ProviderSlug?
    }

    /// The path of requests, with `{model}` for the model.
    private var requestPath: String { endpoint.chat.pathTemplate }

    /// The text that is appended to the path of the base URL.
    private var appended: Substring.UTF8View { endpoint.appended(to: url)[...].utf8 }

    /// A Boolean value that indicates whether the slug uses OpenAI's protocol with any server, and has no server itself.
    private var isForAnyServer: Bool { facts.endpoint == nil }

    private var hasOwnHost: Bool {
        guard case .name(let host) = url.origin.host else { return false }
        return facts.isWellKnown(host)
    }

    private var segments: [Substring] {
        url.path.utf8.split(separator: UInt8(ascii: "/")).map(Substring.init)
    }

    /// Takes the last segment off a path.
    private static func popLastSegment(_ path: inout Substring) -> Substring {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        defer { path = path[..<slash] }
        return path[path.utf8.index(after: slash)...]
    }

    /// The address with another base path, and perhaps another slug; nil when there is no such address.
    func moved(to fault: Fault, config: JSONObject?) -> ProviderAddress? {
        guard let url = try? BaseURL("\(url.origin)\(fault.path)"),
            let endpoint = try? Endpoint(slug: fault.slug, baseURL: url, config: config, model: nil)
        else { return nil }
        return ProviderAddress(facts: fault.slug.facts, url: url, endpoint: endpoint)
    }

    /// The first reason why the address is wrong; nil when there is none.
    var fault: Fault? {
        if url.path.isEmpty { return hostFault }
        var path = url.path[...]
        let last = Self.popLastSegment(&path)
        if Endpoint.isVersion(last) {
            let name = Self.popLastSegment(&path)
            return compatiblePathFault(name, isVersioned: true, after: path) ?? hostFault ?? versionFault(last)
        }
        let segments = segments
        return operationFault(segments) ?? datedPathFault(segments)
            ?? compatiblePathFault(last, isVersioned: false, after: path) ?? hostFault ?? suffixFault(segments)
            ?? innerVersionFault(segments)
    }
}

// MARK: - The kinds of faults

extension ProviderAddress {
    /// The path ends in an operation of some protocol, or in the beginning of one of the slug's own.
    private func operationFault(_ segments: [Substring]) -> Fault? {
        var (count, family) = (Self.longestEnd(of: segments, in: facts.ownPaths), facts.protocolFamily)
        for other in ProtocolFamily.allCases where other != facts.protocolFamily {
            let length = Self.longestEnd(of: segments, in: other.operations)
            if length > count { (count, family) = (length, other) }
        }
        guard count > 0 else { return nil }
        let (rest, end) = (segments.dropLast(count), segments.suffix(count).joined(separator: "/"))
        let isCertain = count > 1 || end.contains(":") || rest.last.map { Endpoint.isVersion($0) } == true
        guard family != facts.protocolFamily else {
            let message = "ends in \(quoted("/" + end)), and requests would go to \(requestPath)"
            return Fault(message: message, slug: facts.slug, path: Self.path(rest), isCertain: isCertain)
        }
        let message =
            "ends in \(quoted("/" + end)), an operation of \(family.title), and \(facts.name) does not support it"
        guard facts.protocolFamily == .openai, isForAnyServer || family == .ollama else {
            return Fault(message: message, slug: family.slug, path: Self.path(rest))
        }
        // The author chose OpenAI's protocol, which Ollama supports below a version.
        let path = Self.path(rest) + (family == .ollama ? ProviderSlug.ollama.facts.openAIPath.description : "")
        return Fault(message: message, slug: facts.slug, path: path, alternative: family.slug)
    }

    /// The path is that of a deployment in Azure's API with dated versions, or of the list of them.
    private func datedPathFault(_ segments: [Substring]) -> Fault? {
        let rest = segments.last == "deployments" ? segments.dropLast() : segments.dropLast(2)
        guard rest.last == "openai", segments.dropFirst(rest.count).first == "deployments" else { return nil }
        let message = "is the path of one deployment in Azure's API, and requests would go to \(requestPath)"
        return Fault(message: message, slug: .azure, path: Self.path(rest.dropLast()))
    }

    /// The path is the one at which a server supports OpenAI's or Anthropic's protocol, and the slug uses another.
    private func compatiblePathFault(_ name: Substring, isVersioned: Bool, after path: Substring) -> Fault? {
        switch name {
        case "openai":
            guard facts.protocolFamily != .openai || !isVersioned && !appended.isEmpty && Self.endsInVersion(path)
            else {
                return nil
            }
            return Fault(message: openAIMessage, slug: .custom, path: url.path)
        case "openapi":
            // docs.cloud.google.com/vertex-ai/generative-ai/docs/start/openai
            guard path.hasSuffix("/endpoints"), !isForAnyServer else { return nil }
            return Fault(message: openAIMessage, slug: .custom, path: url.path)
        case "anthropic":
            guard facts.protocolFamily != .anthropic, !isForAnyServer || supportsAnthropic else { return nil }
            let message = "is an address of \(ProtocolFamily.anthropic.title), and \(facts.name) does not support it"
            return Fault(message: message, slug: .anthropic, path: url.path)
        default: return nil
        }
    }

    private static func endsInVersion(_ path: Substring) -> Bool {
        var path = path
        return Endpoint.isVersion(popLastSegment(&path))
    }

    private var openAIMessage: String {
        "is an address of \(ProtocolFamily.openai.title), and requests of \(facts.name) would go to \(requestPath)"
    }

    /// A Boolean value that indicates whether the host's vendor supports Anthropic's protocol below `/anthropic`.
    private var supportsAnthropic: Bool {
        guard case .name(let host) = url.origin.host else { return false }
        return Self.hostsWithAnthropic.contains(host) || host.hasSuffix(".services.ai.azure.com")
    }

    /// The sources are the vendors' pages about Claude Code: api-docs.deepseek.com/guides/anthropic_api,
    /// platform.moonshot.ai/docs/guide/agent-support, docs.z.ai/devpack/tool/claude, docs.bigmodel.cn/cn/guide/develop/claude
    /// and platform.minimax.io/docs/api-reference/text-anthropic-api.
    private static let hostsWithAnthropic: Set<String> = [
        "api.deepseek.com", "api.moonshot.ai", "api.moonshot.cn", "api.z.ai", "open.bigmodel.cn", "api.minimax.io",
        "api.minimaxi.com",
    ]

    /// The host is another slug's, and the path is not the one at which it supports this slug's protocol.
    private var hostFault: Fault? {
        guard case .name(let host) = url.origin.host, !hasOwnHost,
            let owner = ProviderSlug.owner(ofHost: host)?.facts
        else { return ollamaFault }
        let isOpenAI = facts.protocolFamily == .openai
        guard isForAnyServer || owner.slug == .bedrock && isOpenAI else {
            let message = "has the host of \(quoted(owner.slug.rawValue)), and this is \(quoted(facts.slug.rawValue))"
            return Fault(message: message, slug: owner.slug, path: url.path)
        }
        let path = url.path
        guard !owner.openAIPath.equals(path) || !isForAnyServer else { return nil }
        if owner.slug == .google, segments.count == 2, segments[1] == "openai", Endpoint.isVersion(segments[0]) {
            return nil
        }
        let message =
            "has the host of \(quoted(owner.slug.rawValue)), which supports OpenAI's protocol at \(owner.openAIPath)"
        let slug = isForAnyServer ? facts.slug : .custom
        return Fault(message: message, slug: slug, path: owner.openAIPath.description, alternative: owner.slug)
    }

    /// An Ollama server is addressed by its port, and without the path at which it supports OpenAI's protocol.
    private var ollamaFault: Fault? {
        guard isForAnyServer, url.origin.port == 11_434, url.path.isEmpty || url.path == "/api" else {
            return nil
        }
        let owner = ProviderSlug.ollama.facts
        let message = "has the port of Ollama, which supports OpenAI's protocol at \(owner.openAIPath)"
        return Fault(message: message, slug: facts.slug, path: owner.openAIPath.description, alternative: .ollama)
    }

    /// The path ends in the beginning of what is appended to it.
    private func suffixFault(_ segments: [Substring]) -> Fault? {
        guard let last = segments.last, appended.dropFirst().starts(with: (last + "/").utf8) else { return nil }
        let message = "ends in \(quoted("/" + last)), which is appended again: requests would go to \(requestPath)"
        return Fault(message: message, slug: facts.slug, path: Self.path(segments.dropLast()), isCertain: hasOwnHost)
    }

    /// The path ends in a version, after which the slug has another or none.
    private func versionFault(_ last: Substring) -> Fault? {
        guard !appended.isEmpty || facts.suffix.utf8CodeUnitCount == 0, !isForAnyServer else { return nil }
        let rest = Self.path(segments.dropLast())
        guard !appended.isEmpty else {
            let message = "ends in \(quoted("/" + last)), and requests of \(facts.name) would go to \(requestPath)"
            if hasOwnHost { return Fault(message: message, slug: facts.slug, path: "", isCertain: true) }
            guard facts.slug == .ollama else { return Fault(message: message, slug: .custom, path: url.path) }
            return Fault(message: message, slug: facts.slug, path: rest, alternative: .custom)
        }
        let suffix = String(Substring(appended))
        let message = "ends in \(quoted("/" + last)), and \(suffix) is appended: requests would go to \(requestPath)"
        if hasOwnHost { return Fault(message: message, slug: facts.slug, path: "", isCertain: true) }
        guard facts.protocolFamily == .openai else { return Fault(message: message, slug: facts.slug, path: rest) }
        return Fault(message: message, slug: .custom, path: url.path)
    }

    /// The path has the version inside that is appended to it, so that it is the whole path of a gateway's endpoint.
    ///
    /// Base URLs of other protocols than OpenAI's never hold the version, and what precedes it is the gateway's own.
    private func innerVersionFault(_ segments: [Substring]) -> Fault? {
        guard facts.protocolFamily == .openai,
            let version = endpoint.base.path.utf8.split(separator: UInt8(ascii: "/")).last,
            !appended.isEmpty, segments.contains(Substring(version))
        else { return nil }
        let message =
            "contains \(quoted("/" + Substring(version))), which is appended again: requests would go to \(requestPath)"
        return Fault(message: message, slug: .custom, path: url.path)
    }
}

extension ProviderAddress {
    fileprivate static func path(_ segments: some Collection<Substring>) -> String {
        segments.map { "/" + $0 }.joined()
    }

    /// Returns how many of the last segments are one of the paths, the most if there are several.
    fileprivate static func longestEnd(of segments: [Substring], in paths: [[String]]) -> Int {
        paths.reduce(0) { longest, path in
            guard path.count > longest, path.count <= segments.count else { return longest }
            return zip(path, segments.suffix(path.count)).allSatisfy(matches) ? path.count : longest
        }
    }

    private static func matches(_ pattern: String, _ segment: Substring) -> Bool {
        guard pattern.utf8.first == UInt8(ascii: "{") else { return segment == pattern }
        let end = pattern.utf8.drop { $0 != UInt8(ascii: "}") }.dropFirst()
        return segment.utf8.count > end.count && segment.utf8.suffix(end.count).elementsEqual(end)
    }
}

extension ProtocolFamily {
    /// The protocol's name, for people.
    fileprivate var title: String {
        switch self {
        case .openai: "OpenAI's protocol"
        case .anthropic: "Anthropic's protocol"
        case .google: "Gemini's protocol"
        case .ollama: "Ollama's protocol"
        case .bedrock: "Bedrock's protocol"
        }
    }

    /// The slug that uses this protocol with any server.
    fileprivate var slug: ProviderSlug {
        switch self {
        case .openai: .custom
        case .anthropic: .anthropic
        case .google: .google
        case .ollama: .ollama
        case .bedrock: .bedrock
        }
    }
}
