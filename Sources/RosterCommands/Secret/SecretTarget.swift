import RosterCompiler
import RosterEditing
import RosterModel

/// The hosts that a secret may be sent to, and the slugs whose key it is.
struct SecretTarget {
    let hosts: [String]
    let slugs: Set<ProviderSlug>

    /// Makes a target of hosts that were checked.
    init(hosts: [String], slugs: Set<ProviderSlug>) { (self.hosts, self.slugs) = (hosts, slugs) }

    /// Makes the target that arguments name or, without any, that the secret or the providers that link it have.
    init(_ arguments: SecretTargetOptions, _ place: SecretPlace, in session: EditSession) async throws {
        try arguments.check(place.fullName)
        let linking = session.survey.providers.filter { $0.project == place.project && $0.secret == place.handle }
        var slugs = Set(linking.compactMap(\.slug))
        var found = try Self.entries(of: arguments.host)
        if let purpose = arguments.purpose {
            let slug: ProviderSlug?
            if let named = ProviderSlug(rawValue: purpose) {
                slug = named
                if found.isEmpty { found = try await arguments.settings.hosts(of: named, today: session.context.today) }
            } else {
                let provider = try Self.provider(purpose, place.fullName, arguments, in: session)
                slug = provider.slug
                if found.isEmpty { found = try Self.hosts(of: provider, session) }
            }
            if let slug { slugs = [slug] }
        } else if found.isEmpty {
            found = place.existing?.allowedHosts ?? []
            if found.isEmpty {
                for provider in linking { found += try Self.hosts(of: provider, session) }
            }
        }
        let unique = Self.unique(found)
        guard !unique.isEmpty else {
            throw CommandFailure.usage(
                "the hosts that \(place.fullName) may be sent to are not given",
                help: "name a provider or its slug: roster secret set \(place.fullName) --for openai; or the hosts: "
                    + "roster secret set \(place.fullName) --host api.openai.com"
            )
        }
        self.init(hosts: try Self.checked(unique), slugs: slugs)
    }

    /// Makes the target of a provider that is not written yet.
    init(_ endpoint: Endpoint, _ slug: ProviderSlug) throws {
        self.init(hosts: try Self.checked(endpoint.allowedHosts), slugs: [slug])
    }

    /// Returns the entries of `allowedHosts` that `--host` arguments name.
    static func entries(of arguments: [String]) throws -> [String] {
        unique(
            try arguments.map { text in
                do throws(AllowedHost.ArgumentRefusal) {
                    return try AllowedHost.entry(ofArgument: text)
                } catch { throw CommandFailure(error, host: text) }
            }
        )
    }

    private static func unique(_ hosts: [String]) -> [String] {
        var unique: [String] = []
        for host in hosts where !unique.contains(host) { unique.append(host) }
        return unique
    }

    /// Refuses hosts that no secret may have, which an endpoint can have only under `--force`.
    private static func checked(_ hosts: [String]) throws -> [String] {
        for host in hosts {
            do throws(AllowedHost.Refusal) {
                _ = try AllowedHost(host)
            } catch {
                throw CommandFailure(AllowedHost.ArgumentRefusal.entry(error), host: host)
            }
        }
        return hosts
    }

    private static func provider(
        _ name: String,
        _ secret: String,
        _ arguments: SecretTargetOptions,
        in session: EditSession
    ) throws -> RepositorySurvey.Provider {
        let found = session.survey.providers.first { $0.project + "/" + $0.handle == name || $0.id == name }
        guard let found else {
            guard CommandLineReader.isName(name) else {
                throw CommandFailure.unknownSlug(name, secret, arguments.settings)
            }
            throw CommandFailure(
                Editor.unknown(
                    "there is no provider \(ShellLine.shown(name))",
                    name,
                    among: session.survey.providers.map { $0.project + "/" + $0.handle },
                    orElse: "list them: roster provider list; or name a slug, which needs no provider: --for openai"
                )
            )
        }
        return found
    }

    /// Returns the hosts of an existing provider's requests.
    ///
    /// The hosts of its `baseUrl` are shown and confirmed, since a pull request may have added it.
    private static func hosts(of provider: RepositorySurvey.Provider, _ session: EditSession) throws -> [String] {
        let name = provider.project + "/" + provider.handle
        guard let endpoint = provider.endpoint else {
            throw CommandFailure.impossible(
                "the endpoint of \(name) cannot be determined",
                help: "see why: roster check"
            )
        }
        let hosts = endpoint.allowedHosts
        guard provider.hasOwnBaseURL else { return hosts }
        let options = hosts.map { "--host \($0)" }.joined(separator: " ")
        guard session.context.isInteractive else {
            throw CommandFailure.usage(
                "\(name) has its own baseUrl, \(endpoint.base)",
                help: "if the key may be sent there, name the host: \(options)"
            )
        }
        try session.context.standardError.write(
            "\(name) sends requests to \(endpoint.base.origin). May the key go there? [y/N] "
        )
        guard let answer = try session.context.standardInput.readLine(), ["y", "yes"].contains(answer.lowercased())
        else {
            throw CommandFailure.usage("the key was not sealed", help: "name the hosts with --host")
        }
        return hosts
    }
}

extension CommandFailure {
    /// Refuses a host that the user gave, without the parts of it that can hold a key.
    init(_ refusal: AllowedHost.ArgumentRefusal, host text: String) {
        let option = "--host"
        let (message, help): (String, String?) =
            switch refusal {
            case .entry(let refusal): refusal.words(of: ShownText.mask(text))
            case .insecure(let host):
                (
                    "over http, everybody on the way to \(host) can read the key",
                    "use https: \(option) \(host); http is for this machine alone"
                )
            case .url(.notAbsolute): ("\(option) is not a host", "write \(option) api.openai.com")
            case .url(.scheme): ("\(option) has a scheme other than https", "write the host alone: api.openai.com")
            case .url(let reason): reason.words(of: option, part: nil)
            }
        self = .usage(message, help: help)
    }
}
