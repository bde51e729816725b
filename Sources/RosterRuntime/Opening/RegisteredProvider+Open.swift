import RosterBytes
package import RosterModel
package import SealedBoxes

extension RegisteredProvider {
    /// Opens the provider's secret, and returns it with its endpoint.
    ///
    /// Nothing is sent. A provider with `config.auth: ambient` uses the credentials of the host's environment.
    ///
    /// - Parameter identities: the identities that open the secret; not used for a provider without one.
    /// - Returns: the endpoint, which makes requests.
    /// - Throws: ``ProviderFailure``.
    public func open(_ identities: borrowing ProviderIdentities) throws(ProviderFailure) -> OpenEndpoint {
        try open(identities, variables: .process)
    }

    /// Opens the provider's secret, or takes the credentials of the host from the given environment variables.
    package func open(
        _ identities: borrowing ProviderIdentities,
        variables: EnvironmentVariables
    ) throws(ProviderFailure) -> OpenEndpoint {
        // This precedes the first key in memory, a secret's or the host's.
        ProcessHardening.apply()
        let endpoint = try self.endpoint()
        guard let secret else { return try openWithoutSecret(endpoint, variables) }
        let opened = try open(secret, identities)
        var hosts: [AllowedHost] = []
        for host in opened.allowedHosts {
            guard let host = try? AllowedHost(host) else {
                throw ProviderFailure(.doesNotOpen, "an allowed host of \(secretName(secret)) cannot be read")
            }
            hosts.append(host)
        }
        let credential = try ProviderCredential(opened.value, for: record.slug, secret: secretName(secret))
        return try OpenEndpoint.make(self, endpoint, credential, allowed: hosts)
    }

    /// Returns the endpoint of requests, after checking that they may go there.
    package func endpoint() throws(ProviderFailure) -> Endpoint {
        var baseURL: BaseURL?
        if let text = record.baseURL {
            guard let url = try? BaseURL(text) else {
                throw ProviderFailure(.endpoint, "the baseUrl of \(name) is not a URL to which requests are sent")
            }
            baseURL = url
        }
        do throws(Endpoint.Refusal) {
            return try Endpoint(
                slug: record.slug,
                baseURL: baseURL,
                config: record.config,
                model: record.defaultModel
            )
        } catch {
            switch error {
            case .noBase: throw ProviderFailure(.endpoint, "\(name) has no endpoint", help: "see why: roster check")
            case .setting(let setting):
                throw ProviderFailure(
                    .endpoint,
                    "config.\(setting.name) of \(name) cannot be part of a URL",
                    help: "see why: roster check"
                )
            case .model(let refusal):
                throw ProviderFailure(
                    .endpoint,
                    "the model of \(name) is part of the path of requests, and \(refusal.words)",
                    help: "write the model's own name"
                )
            }
        }
    }

    private func secretName(_ secret: Secret) -> String { "\(project.handle)/\(secret.handle)" }

    private func openWithoutSecret(
        _ endpoint: Endpoint,
        _ variables: EnvironmentVariables
    ) throws(ProviderFailure) -> OpenEndpoint {
        switch record.slug.facts.secret {
        case .optional: return try OpenEndpoint.make(self, endpoint, ProviderCredential(), allowed: [])
        case .required:
            throw ProviderFailure(.noCredentials, "\(name) has no secret, and \(record.slug.rawValue) needs a key")
        case .orAmbient:
            guard isAmbient else {
                throw ProviderFailure(
                    .noCredentials,
                    "\(name) has no secret, and the host's own AWS identity is not asked for",
                    help: "link a secret, or write config.auth: ambient"
                )
            }
            guard record.baseURL == nil else {
                throw ProviderFailure(
                    .notAllowed,
                    "\(name) has a baseUrl, and the host's own AWS identity goes to AWS's own hosts only"
                )
            }
            let origins = [endpoint.chat.origin, endpoint.models.origin]
            let hosts = origins.compactMap { try? AllowedHost($0.host.description) }
            return try OpenEndpoint.make(
                self,
                endpoint,
                try AmbientCredentials.read(for: name, from: variables),
                allowed: hosts
            )
        }
    }

    private func open(
        _ secret: Secret,
        _ identities: borrowing ProviderIdentities
    ) throws(ProviderFailure) -> OpenedSecret {
        let claims = SecretClaims(
            secretID: secret.id.description,
            projectID: secret.projectID.description,
            generation: UInt64(clamping: secret.generation),
            allowedHosts: secret.allowedHosts.map(\.text)
        )
        let boxes = secret.boxes.map { box in
            SealedBox(key: box.key.description, bytes: CanonicalBase64.decode(Array(box.box.utf8).span) ?? [])
        }
        var opener: SecretOpener
        do { opener = try SecretOpener() } catch { throw .noMemory }
        do {
            return try opener.open(
                claims,
                fingerprint: secret.fingerprint.description,
                boxes: boxes,
                with: identities.ring
            )
        } catch {
            switch error {
            case .noMemory: throw .noMemory
            case .noIdentity(let keys):
                throw ProviderFailure(
                    .identity,
                    "there is no identity for \(secretName(secret)), which is sealed to \(keys.joined(separator: ", "))",
                    help: "give one: --identity FILE, or ROSTER_IDENTITY_FILE"
                )
            case .doesNotOpen:
                let sealed = opener.sealedClaims(of: boxes, with: identities.ring)
                throw failure(of: secret, claims, sealed)
            }
        }
    }

    /// Returns the reason why a secret does not open, as far as its box shows it.
    private func failure(
        of secret: Secret,
        _ claims: SecretClaims,
        _ sealed: (claims: SecretClaims, fingerprint: String)?
    ) -> ProviderFailure {
        let name = secretName(secret)
        let changed = sealed.flatMap {
            ChangedSecretFile(
                name,
                path: "secrets/\(name).yaml",
                file: claims,
                fingerprint: secret.fingerprint.description,
                sealed: $0
            )
        }
        guard let changed else { return .brokenBox(of: name) }
        return ProviderFailure(.doesNotOpen, changed.message, help: changed.help)
    }
}

extension ProviderFailure {
    /// A box that does not open with the identity of its key.
    package static func brokenBox(of secret: String) -> ProviderFailure {
        ProviderFailure(
            .doesNotOpen,
            "\(secret) does not open: its box was changed, or is not for the key that it names",
            help: "restore the file: git log -p -- secrets/\(secret).yaml"
        )
    }

    /// Secret memory cannot be allocated.
    static let noMemory = ProviderFailure(
        .noMemory,
        "there is no memory for secrets",
        help: "raise the limit of locked memory: ulimit -l"
    )
}
