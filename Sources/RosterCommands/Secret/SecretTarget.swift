import Glibc
import RosterCompiler
import RosterModel

/// What a secret is for: the places that it may be sent to, and the slugs whose key it is.
struct SecretTarget {
    let hosts: [String]
    let slugs: Set<ProviderSlug>

    /// Makes a target of hosts that were checked.
    init(hosts: [String], slugs: Set<ProviderSlug>) { (self.hosts, self.slugs) = (hosts, slugs) }

    /// Takes hosts from the arguments, from what the secret is for, from the secret as it is, or from the providers that
    /// link it.
    init(hosts: [String], purpose: String?, _ place: SecretPlace, in session: EditSession) throws {
        let linking = session.survey.providers.filter { $0.project == place.project && $0.secret == place.handle }
        var slugs = Set(linking.compactMap(\.slug))
        var found: [String] = hosts
        if let purpose {
            let (slug, computed) = try Self.purpose(purpose, asking: hosts.isEmpty, in: session)
            if let slug { slugs = [slug] }
            if hosts.isEmpty { found = computed }
        } else if hosts.isEmpty {
            found = place.existing?.allowedHosts ?? []
            if found.isEmpty {
                for provider in linking { found += try Self.hosts(of: provider, asking: true, session) }
            }
        }
        var unique: [String] = []
        for host in found where !unique.contains(host) { unique.append(host) }
        guard !unique.isEmpty else {
            throw CommandFailure.usage(
                "it is not said where \(place.fullName) may be sent",
                help: "name the hosts with --host, or a provider or slug with --for"
            )
        }
        for host in unique {
            guard (try? AllowedHost(host)) != nil else {
                throw CommandFailure.usage(
                    "\"\(host)\" is no place that a key may be sent to",
                    help: "write a host in lower case, with :port or /path/ where they matter: api.openai.com"
                )
            }
        }
        self.hosts = unique
        self.slugs = slugs
    }

    private static func purpose(
        _ text: String,
        asking: Bool,
        in session: EditSession
    ) throws -> (ProviderSlug?, [String]) {
        if let slug = ProviderSlug(rawValue: text) {
            guard let url = slug.facts.defaultURL(config: nil) else {
                guard asking else { return (slug, []) }
                throw CommandFailure.usage(
                    "\(text) has no endpoint of its own",
                    help: "name a provider with --for, or the hosts with --host"
                )
            }
            return (slug, [hostText(url.origin)])
        }
        let match = session.survey.providers.first { $0.project + "/" + $0.handle == text || $0.id == text }
        guard let match else {
            throw CommandFailure.impossible(
                "\"\(text)\" is neither a provider nor a slug",
                help:
                    "write <project>/<handle>, or one of \(ProviderSlug.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        return (match.slug, asking ? try hosts(of: match, asking: true, session) : [])
    }

    /// Where a provider's requests go.
    ///
    /// What its own `baseUrl` says is shown and confirmed: a pull request may have put
    /// it there.
    private static func hosts(
        of provider: RepositorySurvey.Provider,
        asking: Bool,
        _ session: EditSession
    ) throws -> [String] {
        let name = provider.project + "/" + provider.handle
        guard let endpoint = provider.endpoint else {
            throw CommandFailure.impossible("the endpoint of \(name) cannot be told", help: "see why: roster check")
        }
        let base = endpoint.base
        let host = hostText(base.origin)
        guard provider.hasOwnBaseURL else { return [host, hostText(endpoint.models.origin)] }
        guard isatty(STDIN_FILENO) == 1, session.context.standardError.isTerminal else {
            throw CommandFailure.usage(
                "\(name) has a baseUrl of its own, \(base)",
                help: "when the key may go there, say so: --host \(host)"
            )
        }
        try session.context.standardError.write(
            "\(name) sends requests to \(base.origin). May the key go there? [y/N] "
        )
        guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
            throw CommandFailure.usage("the key was not sealed", help: "name the hosts with --host")
        }
        return [host]
    }

    private static func hostText(_ origin: Origin) -> String {
        let port = origin.port == origin.scheme.defaultPort ? "" : ":\(origin.port)"
        return origin.host.description + port
    }
}
