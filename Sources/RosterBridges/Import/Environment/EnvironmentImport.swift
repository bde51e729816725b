import RosterBytes
import RosterEditing
import RosterJSON
import RosterModel

/// A `.env` file that is read as providers, one for each vendor whose key it has.
///
/// The variables are those that the vendors' SDKs and LiteLLM read; ``LiteLLMVendor`` has the names.
package struct EnvironmentImport: Sendable {
    private var draft = ImportDraft()
    /// The default models by provider.
    private let models: [String: String]
    private let entries: [DotenvFile.Entry]
    /// The position of the entry that each variable has its value from.
    private var positions: [String: Int] = [:]
    private let file: String

    /// Creates the import of a file.
    ///
    /// - Parameters:
    ///   - values: the variables of the file.
    ///   - models: the default models by provider.
    package init(_ values: borrowing ImportVariables, models: [String: String]) {
        self.models = models
        entries = values.entries
        file = values.source ?? ""
        for (index, entry) in entries.enumerated() {
            guard let name = entry.name, values.has(name) else { continue }
            positions[name] = index
        }
    }

    /// Reads the providers.
    package mutating func read(_ values: borrowing ImportVariables) -> ImportDraft {
        for vendor in LiteLLMVendor.table where vendor.refusal == nil { readVendor(vendor, values) }
        for (index, entry) in entries.enumerated() {
            let place = ImportPlace(file: 0, value: index)
            guard let name = entry.name else {
                draft.notes.add(.refused, "the line is not NAME=VALUE", at: place)
                continue
            }
            if let last = positions[name], last != index {
                draft.notes.add(.left, "line \(entries[last].line) sets it again", at: place)
            } else if positions[name] == nil {
                draft.notes.add(.left, "it has no value", at: place)
            }
        }
        return draft
    }

    /// Returns the findings of a plan: exactly one for each entry, in the order of the file.
    package func findings(_ plan: ImportPlan) -> [ImportFinding] {
        entries.enumerated().map { index, entry in
            let (kind, message) = plan.notes.fate(
                of: ImportPlace(file: 0, value: index),
                names: plan.names,
                otherwise: "not a variable that Roster reads"
            )
            return ImportFinding(
                kind: kind,
                file: file,
                line: entry.line,
                column: entry.column,
                path: Self.shown(entry.name),
                message: message
            )
        }
    }

    /// Returns a name for people; a line that is not an assignment can begin with a key.
    private static func shown(_ name: String?) -> String {
        guard let name, name.utf8.count <= 64, !ShownText.isRandom(name),
            name.utf8.allSatisfy({ $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") })
        else { return "-" }
        return ShownText.mask(name)
    }

    // MARK: - Providers

    private mutating func readVendor(_ vendor: LiteLLMVendor, _ values: borrowing ImportVariables) {
        var used: [(name: String, message: String)] = []
        let slug: ProviderSlug =
            switch vendor.wire {
            case .slug(let slug): slug
            case .gateway: .gateway
            default: .custom
            }
        guard let (keyName, key) = key(of: vendor, slug) else { return }
        used += (key?.variables ?? []).map { ($0, "its secret") }
        let base = vendor.bases.map(\.description).first { positions[$0] != nil }
        var provider = ImportedProvider(
            names: [vendor.name],
            slug: slug,
            model: "",
            config: JSONObject(),
            key: key,
            place: place(keyName ?? base ?? "")
        )
        if let base { used.append((base, "the endpoint")) }
        setEndpoint(&provider, vendor, base.flatMap { values.text($0) }, &used, values)
        let stem = (vendor.keys.first ?? "").description.replacing("_API_KEY", with: "")
        let names = ["\(stem)_MODEL", "\(stem)_DEFAULT_MODEL"] + (Self.modelVariables[vendor.name] ?? [])
        let variable = names.first { positions[$0] != nil }
        let isOwn = provider.slug == slug || base == nil
        guard
            let model = models[vendor.name] ?? variable.flatMap({ values.text($0) })
                ?? (isOwn ? vendor.usualModel?.description : nil)
        else {
            let message = "the default model of \(vendor.name) is not known: --model \(vendor.name)=MODEL"
            // AWS's variables are there for many other purposes.
            let kind = slug == .bedrock && keyName != "AWS_BEARER_TOKEN_BEDROCK" ? ImportFinding.Kind.left : .refused
            for (name, _) in used { draft.notes.add(kind, message, at: place(name)) }
            return
        }
        provider.model = model
        if let variable, models[vendor.name] == nil { used.append((variable, "defaultModel")) }
        guard slug != .azure || provider.baseURL != nil || provider.config["resourceName"] != nil else {
            for (name, _) in used { draft.notes.add(.refused, "AZURE_OPENAI_ENDPOINT is missing", at: place(name)) }
            return
        }
        provider.config.members.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let chosen = variable == nil || models[vendor.name] != nil ? "; defaultModel \(model)" : ""
        for (index, (name, message)) in used.enumerated() {
            let text = "provider \(provider.slug.rawValue), \(message)"
            draft.notes.add(
                .taken,
                index == 0 ? text + chosen : message,
                at: place(name),
                provider: draft.providers.count
            )
        }
        draft.providers.append(provider)
    }

    /// Variables with a model that are not named after the vendor's key.
    private static let modelVariables: [String: [String]] = [
        "azure": [
            "AZURE_OPENAI_DEPLOYMENT", "AZURE_OPENAI_DEPLOYMENT_NAME", "AZURE_OPENAI_CHAT_DEPLOYMENT_NAME",
            "AZURE_OPENAI_MODEL",
        ],
        "bedrock": ["BEDROCK_MODEL_ID", "BEDROCK_MODEL"],
        "google": ["GOOGLE_MODEL"],
    ]

    private func place(_ name: String) -> ImportPlace { ImportPlace(file: 0, value: positions[name] ?? 0) }

    /// Returns the key of a vendor; nil when the file has no variable of it.
    private func key(of vendor: LiteLLMVendor, _ slug: ProviderSlug) -> (name: String?, key: ImportedKey?)? {
        if let name = vendor.keys.map(\.description).first(where: { positions[$0] != nil }) {
            return (name, ImportedKey.plain(.variable(name)))
        }
        if slug == .bedrock, positions["AWS_ACCESS_KEY_ID"] != nil, positions["AWS_SECRET_ACCESS_KEY"] != nil {
            let token = positions["AWS_SESSION_TOKEN"].map { _ in ImportedKey.Part.variable("AWS_SESSION_TOKEN") }
            let key = ImportedKey.aws(
                id: .variable("AWS_ACCESS_KEY_ID"),
                secret: .variable("AWS_SECRET_ACCESS_KEY"),
                token: token
            )
            return ("AWS_ACCESS_KEY_ID", key)
        }
        // A server on this machine needs no key.
        guard slug.facts.secret == .optional, vendor.bases.contains(where: { positions[$0.description] != nil }) else {
            return nil
        }
        return (nil, nil)
    }

    private func setEndpoint(
        _ provider: inout ImportedProvider,
        _ vendor: LiteLLMVendor,
        _ base: String?,
        _ used: inout [(name: String, message: String)],
        _ values: borrowing ImportVariables
    ) {
        func set(_ setting: String, _ names: [String]) {
            guard let name = names.first(where: { positions[$0] != nil }), let text = values.text(name) else { return }
            provider.config.set(setting, to: .string(text))
            used.append((name, "config.\(setting)"))
        }
        var url = base.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        switch provider.slug {
        case .ollama:
            // Ollama's own variable is often a host alone.
            if let host = url, !host.contains("://") { url = "http://" + host }
            if let text = url, let parsed = try? BaseURL(text), parsed.origin.host.description == "0.0.0.0" {
                url = text.replacing("0.0.0.0", with: "localhost")
            }
        case .openai:
            set("organization", ["OPENAI_ORG_ID", "OPENAI_ORGANIZATION"])
            set("project", ["OPENAI_PROJECT_ID"])
            let host = url.flatMap { try? BaseURL($0) }?.origin.host.description
            if let host, ProviderSlug.owner(ofHost: host) != .openai {
                provider.slug = .custom
            }
        case .azure:
            set("apiVersion", ["OPENAI_API_VERSION", "AZURE_OPENAI_API_VERSION", "AZURE_API_VERSION"])
            let parsed = url.flatMap { try? BaseURL($0) }
            if let parsed, parsed.path == "", let name = EndpointSetting.value(of: .azure, in: parsed),
                parsed.origin.host.description == name + ".openai.azure.com"
            {
                provider.config.set("resourceName", to: .string(name))
                url = nil
            }
        case .bedrock: set("region", ["AWS_REGION", "AWS_REGION_NAME", "AWS_DEFAULT_REGION"])
        default: break
        }
        if url == provider.slug.facts.endpoint?.description { url = nil }
        provider.baseURL = url ?? (provider.slug == .custom || provider.slug == .gateway ? vendor.knownURL : nil)
    }
}
