import RosterJSON
import RosterModel
import RosterRuntime

/// The configuration of the LiteLLM proxy.
///
/// https://docs.litellm.ai/docs/proxy/configs
enum LiteLLMExport {
    /// The prefix of a value that LiteLLM replaces by a variable.
    static let reference = "os.environ/"

    /// Returns the configuration: a list of models, whose names are the names of the providers.
    static func document(_ providers: [ExportedProvider], _ findings: inout [ExportFinding]) -> JSONValue {
        var models: [JSONValue] = []
        for provider in providers {
            guard let parameters = parameters(of: provider, &findings) else { continue }
            models.append([
                "model_name": .string(provider.name),
                "litellm_params": .object(parameters),
                "model_info": .object(information(about: provider)),
            ])
        }
        return ["model_list": .array(models)]
    }

    /// Returns the parameters of a deployment; nil when LiteLLM would send requests elsewhere than Roster.
    private static func parameters(of provider: ExportedProvider, _ findings: inout [ExportFinding]) -> JSONObject? {
        guard let target = ExportedDeployment(provider) else {
            findings.append(.leftOut(provider, "LiteLLM would not send its requests to \(provider.endpoint.chat)"))
            return nil
        }
        var members = [
            JSONObject.Member(name: "model", value: .string(target.model)),
            JSONObject.Member(name: target.baseParameter, value: .string(target.base)),
        ]
        func add(_ name: String, _ value: String, of setting: String) {
            guard !value.hasPrefix(reference) else {
                let reason = "LiteLLM replaces a value that begins with \(reference)"
                return findings.append(.omitted("config.\(setting)", of: provider, reason))
            }
            members.append(JSONObject.Member(name: name, value: .string(value)))
        }
        if let version = target.apiVersion { add("api_version", version, of: "apiVersion") }
        if provider.slug == .bedrock, let region = provider.setting("region") {
            add("aws_region_name", region, of: "region")
        }
        if let organization = provider.setting("organization") {
            add("organization", organization, of: "organization")
        }
        members += keys(of: provider).map { JSONObject.Member(name: $0, value: .string($1)) }
        let plain = members
        members = []
        if let project = provider.setting("project") {
            add("OpenAI-Project", project, of: "project")
        }
        for header in provider.headers { add(header.name, header.value, of: "headers.\(header.name)") }
        let headers = members
        if provider.slug == .anthropic, provider.setting("version") != nil {
            let reason = "LiteLLM sends the version that it was written for"
            findings.append(.omitted("config.version", of: provider, reason))
        }
        for setting in provider.freeSettings where deployedModel(of: provider) == nil || setting != "model" {
            findings.append(.omitted("config.\(setting)", of: provider, "LiteLLM has no parameter for it"))
        }
        guard !headers.isEmpty else { return JSONObject(plain) }
        return JSONObject(plain + [JSONObject.Member(name: "extra_headers", value: .object(JSONObject(headers)))])
    }

    /// Returns the information about a deployment that is not part of its requests.
    private static func information(about provider: ExportedProvider) -> JSONObject {
        var members = [JSONObject.Member(name: "id", value: .string(provider.record.id.description))]
        if let model = deployedModel(of: provider) {
            members.append(JSONObject.Member(name: "base_model", value: .string("azure/" + model)))
        }
        return JSONObject(members)
    }

    /// The model of a deployment of Azure, which decides its price; nil for another provider, and when it is not known.
    private static func deployedModel(of provider: ExportedProvider) -> String? {
        provider.slug == .azure ? provider.record.config?["model"]?.string : nil
    }

    /// Returns the parameters of the key.
    ///
    /// LiteLLM drops a reference to a variable that is not set, so that a deployment of Bedrock refers to both kinds of
    /// keys. Without a parameter it would take the key of another provider from the environment.
    private static func keys(of provider: ExportedProvider) -> [(name: String, value: String)] {
        func reference(_ name: String, _ suffix: VariablePrefix.Suffix) -> (name: String, value: String) {
            (name, Self.reference + provider.prefix.name(suffix))
        }
        guard provider.isKeyed else {
            return provider.facts.environment.keyWithoutSecret.map { [("api_key", $0.description)] } ?? []
        }
        let key = reference("api_key", .apiKey)
        guard provider.maySign else { return [key] }
        return [
            key, reference("aws_access_key_id", .awsAccessKeyID),
            reference("aws_secret_access_key", .awsSecretAccessKey), reference("aws_session_token", .awsSessionToken),
        ]
    }
}
