import RosterBytes
import RosterEditing
import RosterJSON
import RosterModel

// The fields of the provider of a deployment.

extension LiteLLMImport {
    /// The version of Azure's API that LiteLLM sends without `api_version`.
    ///
    /// `AZURE_DEFAULT_API_VERSION` in LiteLLM's `__init__.py`.
    private static let usualAzureVersion = "2025-02-01-preview"
    /// The region that LiteLLM uses without `aws_region_name`.
    private static let usualRegion = "us-west-2"

    /// Returns the provider of a deployment.
    mutating func provider(
        _ deployment: inout Deployment,
        _ values: borrowing ImportVariables
    ) throws -> ImportedProvider {
        let parameters = deployment.parameters
        for name in parameters.keys.sorted() where LiteLLMParameter.isText(name) {
            if let value = try value(of: name, parameters, values), let variable = value.variable {
                deployment.note(.changed, "the value of \(variable)", of: name)
            }
        }
        var base = try value(of: "api_base", parameters, values) ?? value(of: "base_url", parameters, values)
        var target = try LiteLLMTarget(
            model: try value(of: "model", parameters, values)?.text ?? "",
            custom: try value(of: "custom_llm_provider", parameters, values)?.text,
            baseURL: base?.text
        )
        if base == nil {
            for name in target.vendor.bases where base == nil {
                base = value(ofVariable: name.description, values)
                if base != nil { deployment.note(.changed, "the base URL is that of \(name)", of: "model") }
            }
        }
        if target.isWildcard { try fillWildcard(&target, &deployment) }
        var provider = ImportedProvider(
            names: [deployment.name.flatMap { source.text($0) } ?? target.model],
            slug: target.slug,
            model: target.model,
            config: JSONObject(),
            place: parameters["model"] ?? deployment.place
        )
        if provider.names[0].contains("*") { provider.names = [target.vendor.name] }
        for remark in target.remarks { deployment.note(.changed, remark, of: "model") }
        try setEndpoint(&provider, target, base, &deployment, values)
        provider.key = try key(of: target, provider, &deployment, values)
        if provider.slug == .bedrock, provider.key == nil { provider.config.set("auth", to: .string("ambient")) }
        try setSettings(&provider, &deployment, values)
        provider.config.members.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return provider
    }

    /// Gives a model to a deployment that stands for all models of a provider.
    private func fillWildcard(
        _ target: inout LiteLLMTarget,
        _ deployment: inout Deployment
    ) throws(LiteLLMTarget.Refusal) {
        let name = target.vendor.name
        guard let model = models[name] ?? target.vendor.usualModel?.description else {
            throw LiteLLMTarget.Refusal(
                message: "a wildcard names no model, and a provider has a default one: --model \(name)=MODEL"
            )
        }
        target.model = model
        deployment.note(.changed, "any model of \(name); the default one is \(model)", of: "model")
        if let place = deployment.name {
            deployment.inner.append((place, .changed, "the name is that of the provider"))
        }
    }

    // MARK: - The endpoint

    private func setEndpoint(
        _ provider: inout ImportedProvider,
        _ target: LiteLLMTarget,
        _ base: Value?,
        _ deployment: inout Deployment,
        _ values: borrowing ImportVariables
    ) throws(LiteLLMTarget.Refusal) {
        let url = base.map { $0.text.hasSuffix("/") ? String($0.text.dropLast()) : $0.text }
        let parameter = deployment.parameters["api_base"] != nil ? "api_base" : "base_url"
        switch provider.slug {
        case .azure: try setAzure(&provider, url, &deployment, values)
        case .bedrock:
            let own = try value(of: "aws_bedrock_runtime_endpoint", deployment.parameters, values)
            provider.baseURL = url ?? own?.text
            try setRegion(&provider, target, &deployment, values)
        case .gateway, .custom:
            guard let url = url ?? target.vendor.knownURL else {
                throw LiteLLMTarget.Refusal(
                    message: "it has no api_base, and \(target.vendor.name) has no fixed endpoint"
                )
            }
            provider.baseURL = url
            guard base == nil else { return }
            let other = target.vendor.otherURL.map { $0.description == url ? "" : "; LiteLLM sends to \($0)" } ?? ""
            deployment.note(.changed, "provider \(provider.slug.rawValue) at \(url)\(other)", of: "model")
        default:
            if provider.slug == .google, !Self.endsInVersion(url ?? "") {
                provider.config.set("version", to: .string("v1beta"))
                if !provider.model.hasPrefix("gemini-1"), !provider.model.hasPrefix("gemini-2") {
                    deployment.note(
                        .changed,
                        "config.version v1beta; LiteLLM uses v1alpha from Gemini 3 on",
                        of: "model"
                    )
                }
            }
            guard let url, url != provider.slug.facts.endpoint?.description else { return }
            provider.baseURL = url
            guard provider.slug.facts.protocolFamily == .openai, !Self.isOwn(url, provider.slug) else { return }
            // Other hosts may have another path than that of the slug.
            provider.slug = .custom
            deployment.note(
                .changed,
                "baseUrl; provider custom, since the host is not that of \(target.slug.rawValue)",
                of: parameter
            )
        }
    }

    /// Returns a Boolean value that indicates whether a URL is at a host of a slug, with the path of its API.
    private static func isOwn(_ url: String, _ slug: ProviderSlug) -> Bool {
        guard let url = try? BaseURL(url), url.path == slug.facts.suffix.description else { return false }
        return ProviderSlug.owner(ofHost: url.origin.host.description) == slug
    }

    private static func endsInVersion(_ url: String) -> Bool {
        url.split(separator: "/").last.map { Endpoint.isVersion($0) } ?? false
    }

    private func setAzure(
        _ provider: inout ImportedProvider,
        _ url: String?,
        _ deployment: inout Deployment,
        _ values: borrowing ImportVariables
    ) throws(LiteLLMTarget.Refusal) {
        guard let url else {
            throw LiteLLMTarget.Refusal(
                message:
                    "it has no api_base; LiteLLM reads it from AZURE_API_BASE: give the file that has it: --env FILE"
            )
        }
        let parsed = try? BaseURL(url)
        let name = parsed.flatMap { EndpointSetting.value(of: .azure, in: $0) }
        if let name, parsed?.path == "", parsed?.origin.host.description == name + ".openai.azure.com",
            EndpointSetting.resourceName.matches(name)
        {
            provider.config.set("resourceName", to: .string(name))
            if deployment.parameters["api_base"] != nil || deployment.parameters["base_url"] != nil {
                let parameter = deployment.parameters["api_base"] != nil ? "api_base" : "base_url"
                deployment.note(.changed, "config.resourceName \(name)", of: parameter)
            }
        } else {
            provider.baseURL = url
        }
        let given = try value(of: "api_version", deployment.parameters, values)
        let version = given ?? value(ofVariable: "AZURE_API_VERSION", values)
        switch version?.text {
        case "v1"?, "preview"?, "latest"?:
            deployment.note(
                .changed,
                "the API without dated versions, with the key in the header api-key",
                of: "api_version"
            )
        case let version?: provider.config.set("apiVersion", to: .string(version))
        case nil:
            provider.config.set("apiVersion", to: .string(Self.usualAzureVersion))
            deployment.note(
                .changed,
                "provider azure; config.apiVersion is \(Self.usualAzureVersion), which LiteLLM sends without api_version",
                of: "model"
            )
        }
    }

    private func setRegion(
        _ provider: inout ImportedProvider,
        _ target: LiteLLMTarget,
        _ deployment: inout Deployment,
        _ values: borrowing ImportVariables
    ) throws(LiteLLMTarget.Refusal) {
        var region = try value(of: "aws_region_name", deployment.parameters, values)?.text ?? target.region
        if let region = target.region { deployment.note(.changed, "config.region \(region)", of: "model") }
        for name in ["AWS_REGION_NAME", "AWS_REGION", "AWS_DEFAULT_REGION"] where region == nil {
            region = value(ofVariable: name, values)?.text
            if let region { deployment.note(.changed, "config.region \(region), the value of \(name)", of: "model") }
        }
        if region == nil {
            deployment.note(
                .changed,
                "config.region \(Self.usualRegion), which LiteLLM uses without aws_region_name",
                of: "model"
            )
        }
        provider.config.set("region", to: .string(region ?? Self.usualRegion))
    }

    // MARK: - Settings

    private mutating func setSettings(
        _ provider: inout ImportedProvider,
        _ deployment: inout Deployment,
        _ values: borrowing ImportVariables
    ) throws {
        for entry in deployment.entries where deployment.parameters[entry.key] != nil {
            switch entry.key {
            case "organization":
                guard [.openai, .custom, .gateway].contains(provider.slug) else {
                    deployment.note(.left, "requests of \(provider.slug.rawValue) have no organization", of: entry.key)
                    continue
                }
                let organization = try value(of: entry.key, deployment.parameters, values)
                provider.config.set("organization", to: .string(organization?.text ?? ""))
            case "extra_headers", "headers", "default_headers":
                try setHeaders(entry.place, entry.key, &provider, &deployment)
            default:
                guard case .setting = LiteLLMParameter.use(of: entry.key) else { continue }
                guard let value = try source.json(entry.place, &draft.notes), !Self.hasReference(value) else {
                    deployment.note(.left, "config has no such value", of: entry.key)
                    continue
                }
                provider.config.set(entry.key, to: value)
            }
        }
    }

    private static func hasReference(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): variable(text) != nil
        case .array(let elements): elements.contains(where: hasReference)
        case .object(let object): object.members.contains { hasReference($0.value) }
        default: false
        }
    }

    /// Adds headers to `config.headers`, but for those that hold a key.
    private mutating func setHeaders(
        _ place: ImportPlace,
        _ parameter: String,
        _ provider: inout ImportedProvider,
        _ deployment: inout Deployment
    ) throws(ImportFailure) {
        // The leaves have separate remarks.
        deployment.remarks[parameter] = []
        for header in try source.entries(place, &draft.notes) {
            func note(_ kind: ImportFinding.Kind, _ message: String) {
                for leaf in source.leaves(below: header.place) { deployment.inner.append((leaf, kind, message)) }
            }
            guard let text = source.text(header.place) else {
                note(.left, "a header has text as its value")
                continue
            }
            let isKey =
                KeyName.isKeyName(header.key) || !KeyContext().member(header.key).isEmpty
                || !KeyShapeScanner.matches(in: text).isEmpty || Self.variable(text) != nil
            if isKey {
                note(.refused, "a header with a key; a provider has one key, which is its secret")
            } else if provider.slug.facts.sendsConfiguredHeaders {
                provider.config.set(["headers", header.key], to: .string(text))
                note(.taken, "config.headers")
            } else {
                note(.left, "Roster adds no headers to requests of \(provider.slug.rawValue)")
            }
        }
    }
}

extension LiteLLMParameter {
    /// Returns a Boolean value that indicates whether a parameter is text that is not a key.
    static func isText(_ name: String) -> Bool {
        ["model", "custom_llm_provider", "api_base", "base_url", "api_version", "aws_region_name", "organization"]
            .contains(name)
    }
}
