import RosterCompiler
package import RosterModel
import RosterSemantics
import RosterFrontend

/// The hosts that a secret may be sent to, and the slugs whose key it is.
package struct SecretTarget: Sendable {
    /// The entries of `allowedHosts`.
    package let hosts: [AllowedHost]
    /// The slugs; empty when none is known.
    package let slugs: Set<ProviderSlug>

    /// Makes a target of hosts that were checked.
    package init(hosts: [AllowedHost], slugs: Set<ProviderSlug>) { (self.hosts, self.slugs) = (hosts, slugs) }

    /// The arguments that name a target.
    package struct Arguments: Sendable {
        /// Hosts, or their URLs.
        package var hosts: [String]
        /// The name of a provider or of a slug; nil for neither.
        package var purpose: String?
        /// The settings of a provider of the slug.
        package var settings: EndpointSettings

        /// Creates arguments.
        package init(hosts: [String], purpose: String?, settings: EndpointSettings) {
            (self.hosts, self.purpose, self.settings) = (hosts, purpose, settings)
        }
    }

    /// Creates the target that arguments name or, without any, that of the secret or of the providers that link it.
    ///
    /// - Parameters:
    ///   - arguments: the arguments.
    ///   - location: the secret.
    ///   - editor: the editor of the repository.
    ///   - today: the day.
    ///   - confirm: asks the user for a confirmation; returns nil when there is no terminal.
    /// - Throws: ``EditFailure``, and the errors of `confirm`.
    package init(
        _ arguments: Arguments,
        _ location: SecretLocation,
        in editor: Editor,
        today: CalendarDate,
        confirm: (_ question: String) throws -> Bool?
    ) async throws {
        let linking = editor.survey.providers.filter { $0.project == location.project && $0.secret == location.handle }
        var slugs = Set(linking.compactMap(\.slug))
        var found = try Self.entries(of: arguments.hosts)
        if let purpose = arguments.purpose {
            let slug: ProviderSlug?
            if let named = ProviderSlug(rawValue: purpose) {
                slug = named
                if found.isEmpty {
                    found = try Self.checked(try await arguments.settings.hosts(of: named, today: today))
                }
            } else {
                let provider = try Self.provider(purpose, location.fullName, arguments, in: editor)
                slug = provider.slug
                if found.isEmpty { found = try Self.hosts(of: provider, confirm) }
            }
            if let slug { slugs = [slug] }
        } else if found.isEmpty {
            found = location.existing?.allowedHosts ?? []
            if found.isEmpty {
                for provider in linking { found += try Self.hosts(of: provider, confirm) }
            }
        }
        let unique = Self.unique(found)
        guard !unique.isEmpty else {
            throw EditFailure(
                .invalid,
                "the hosts that \(location.fullName) may be sent to are not given",
                help: "name a provider or its slug: roster secret set \(location.fullName) --for openai; or the hosts: "
                    + "roster secret set \(location.fullName) --host api.openai.com"
            )
        }
        self.init(hosts: unique, slugs: slugs)
    }

    /// Makes the target of a provider that is not written yet.
    package init(_ endpoint: Endpoint, _ slug: ProviderSlug) throws {
        self.init(hosts: try Self.checked(endpoint.allowedHosts), slugs: [slug])
    }

    /// Returns the entries of `allowedHosts` that `--host` arguments name.
    package static func entries(of arguments: [String]) throws(EditFailure) -> [AllowedHost] {
        unique(
            try arguments.map { text throws(EditFailure) in
                do throws(AllowedHost.ArgumentRefusal) {
                    return try AllowedHost.entry(ofArgument: text)
                } catch { throw EditFailure(error, host: text) }
            }
        )
    }

    private static func unique(_ hosts: [AllowedHost]) -> [AllowedHost] {
        var unique: [AllowedHost] = []
        for host in hosts where !unique.contains(host) { unique.append(host) }
        return unique
    }

    /// Refuses hosts that no secret may have, which an endpoint can have only under `--force`.
    private static func checked(_ hosts: [String]) throws(EditFailure) -> [AllowedHost] {
        try hosts.map { host throws(EditFailure) in
            do throws(AllowedHost.Refusal) {
                return try AllowedHost(host)
            } catch {
                throw EditFailure(AllowedHost.ArgumentRefusal.entry(error), host: host)
            }
        }
    }

    private static func provider(
        _ name: String,
        _ secret: String,
        _ arguments: Arguments,
        in editor: Editor
    ) throws(EditFailure) -> PartialRegistry.Outline.Provider {
        let name = try editor.fullName(ofProvider: name) ?? name
        let found = editor.survey.providers.first { $0.project + "/" + $0.handle == name || $0.id == name }
        guard let found else {
            guard ShownText.isName(name) else {
                throw EditFailure.unknownSlug(name, secret, arguments.settings)
            }
            throw Editor.unknown(
                "there is no provider \(ShownText.argument(name))",
                name,
                among: editor.survey.providers.map { $0.project + "/" + $0.handle },
                orElse: "list them: roster provider list; or name a slug, which needs no provider: --for openai"
            )
        }
        return found
    }

    /// Returns the hosts of an existing provider's requests.
    ///
    /// The hosts of its `baseUrl` are shown and confirmed, since a pull request may have added it.
    private static func hosts(
        of provider: PartialRegistry.Outline.Provider,
        _ confirm: (_ question: String) throws -> Bool?
    ) throws -> [AllowedHost] {
        let name = provider.project + "/" + provider.handle
        guard let endpoint = provider.endpoint else {
            throw EditFailure(
                .notFound,
                "the endpoint of \(name) cannot be determined",
                help: "see why: roster check"
            )
        }
        let hosts = try checked(endpoint.allowedHosts)
        guard provider.hasOwnBaseURL else { return hosts }
        let options = hosts.map { "--host \($0)" }.joined(separator: " ")
        let question = "\(name) sends requests to \(endpoint.base.origin). May the key go there? [y/N] "
        guard let isConfirmed = try confirm(question) else {
            throw EditFailure(
                .invalid,
                "\(name) has its own baseUrl, \(endpoint.base)",
                help: "if the key may be sent there, name the host: \(options)"
            )
        }
        guard isConfirmed else {
            throw EditFailure(.invalid, "the key was not sealed", help: "name the hosts with --host")
        }
        return hosts
    }
}

extension EditFailure {
    /// Refuses a host that the user gave, without the parts of it that can hold a key.
    init(_ refusal: AllowedHost.ArgumentRefusal, host text: String) {
        let option = "--host"
        let (message, help): (String, String?) =
            switch refusal {
            case .entry(let refusal): refusal.words(of: ShownText.mask(text))
            case .insecure(let host):
                (
                    "over http, every machine between here and \(host) can read the key",
                    "use https: \(option) \(host); http is for this machine alone"
                )
            case .url(.notAbsolute): ("\(option) is not a host", "write \(option) api.openai.com")
            case .url(.scheme): ("\(option) has a scheme other than https", "write the host alone: api.openai.com")
            case .url(let reason): reason.words(of: option, part: nil)
            }
        self.init(.invalid, message, help: help)
    }
}
