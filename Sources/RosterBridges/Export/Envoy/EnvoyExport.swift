import RosterJSON
import RosterModel
import RosterRuntime

/// Objects of Envoy AI Gateway 1.0: a backend, the protocol of it, its TLS and its key.
///
/// https://aigateway.envoyproxy.io/docs/capabilities/llm-integrations/supported-providers
enum EnvoyExport {
    private static let group = "aigateway.envoyproxy.io"
    private static let gatewayGroup = "gateway.envoyproxy.io"
    /// The most headers that a backend can set.
    private static let headerLimit = 16

    /// Returns the objects of all providers.
    static func documents(_ providers: [ExportedProvider], _ findings: inout [ExportFinding]) -> [JSONValue] {
        providers.flatMap { provider in
            do throws(Refusal) {
                return try objects(of: provider, &findings)
            } catch {
                findings.append(.leftOut(provider, error.reason))
                return []
            }
        }
    }

    private struct Refusal: Error {
        var reason: String
    }

    private static func objects(
        of provider: ExportedProvider,
        _ findings: inout [ExportFinding]
    ) throws(Refusal) -> [JSONValue] {
        let name = provider.objectName
        let backend = try backend(provider, &findings)
        let schema = try schema(provider, &findings)
        var spec: [JSONObject.Member] = [
            JSONObject.Member(name: "schema", value: schema),
            JSONObject.Member(name: "backendRef", value: reference(gatewayGroup, "Backend", name)),
        ]
        let headers = headers(of: provider, &findings)
        if !headers.isEmpty {
            let set = headers.map { ["name": .string($0.name), "value": .string($0.value)] as JSONValue }
            spec.append(JSONObject.Member(name: "headerMutation", value: ["set": .array(set)]))
        }
        for setting in provider.freeSettings {
            findings.append(.omitted("config.\(setting)", of: provider, "Envoy AI Gateway has no field for it"))
        }
        let annotations: JSONValue = [
            "roster/provider": .string(provider.name), "roster/model": .string(provider.record.defaultModel),
        ]
        var objects = [
            KubernetesExport.object(
                group + "/v1beta1",
                "AIServiceBackend",
                name,
                annotations: annotations,
                [("spec", .object(JSONObject(spec)))]
            ),
            KubernetesExport.object(
                gatewayGroup + "/v1alpha1",
                "Backend",
                name,
                [("spec", ["endpoints": [backend]])]
            ),
        ]
        let origin = provider.endpoint.base.origin
        if origin.scheme == .https {
            let validation: JSONValue = ["wellKnownCACertificates": "System", "hostname": .string("\(origin.host)")]
            let spec: JSONValue = [
                "targetRefs": [reference(gatewayGroup, "Backend", name)], "validation": validation,
            ]
            let version = "gateway.networking.k8s.io/v1"
            objects.append(KubernetesExport.object(version, "BackendTLSPolicy", name, [("spec", spec)]))
        }
        if let policy = policy(provider, &findings) { objects.append(policy) }
        return objects
    }

    private static func reference(_ group: String, _ kind: String, _ name: String) -> JSONValue {
        ["group": .string(group), "kind": .string(kind), "name": .string(name)]
    }

    /// Returns the endpoint of a `Backend`.
    private static func backend(
        _ provider: ExportedProvider,
        _ findings: inout [ExportFinding]
    ) throws(Refusal) -> JSONValue {
        let origin = provider.endpoint.base.origin
        if origin.host.isLoopback {
            findings.append(.changed(provider, "\(origin.host) is the machine of the gateway, not this one"))
        }
        let port: JSONValue = .integer(Int64(origin.port))
        switch origin.host {
        case .name(let host): return ["fqdn": ["hostname": .string(host), "port": port]]
        case .ipv4(let address) where origin.scheme == .http:
            return ["ip": ["address": .string("\(address)"), "port": port]]
        case .ipv4: throw Refusal(reason: "a BackendTLSPolicy cannot verify the certificate of an address")
        case .ipv6: throw Refusal(reason: "a Backend of Envoy Gateway needs a name or an IPv4 address")
        }
    }

    /// Returns the protocol of a backend and the path before that of the protocol.
    private static func schema(
        _ provider: ExportedProvider,
        _ findings: inout [ExportFinding]
    ) throws(Refusal) -> JSONValue {
        let base = provider.endpoint.base
        switch provider.slug {
        case .anthropic: return ["name": "Anthropic", "prefix": .string(base.path)]
        case .bedrock:
            guard base.path.isEmpty else {
                throw Refusal(reason: "Envoy AI Gateway sends requests for Bedrock to the root of the host only")
            }
            return ["name": "AWSBedrock"]
        case .azure:
            guard let version = provider.setting("apiVersion") else { break }
            guard base.path == "/openai" else {
                throw Refusal(reason: "Envoy AI Gateway sends requests for Azure to /openai/deployments only")
            }
            return ["name": "AzureOpenAI", "version": .string(version)]
        default: break
        }
        guard let compatible = provider.openAIBase else { throw Refusal(reason: provider.reasonWithoutOpenAI) }
        provider.note(compatible, &findings)
        // Without a prefix it would be /v1.
        return ["name": "OpenAI", "prefix": .string(compatible.path.isEmpty ? "/" : compatible.path)]
    }

    private static func headers(
        of provider: ExportedProvider,
        _ findings: inout [ExportFinding]
    ) -> [(name: String, value: String)] {
        var headers = provider.openAIHeaders
        if provider.slug == .anthropic, let version = provider.setting("version") {
            headers.append(("anthropic-version", version))
        }
        for header in headers.dropFirst(headerLimit) {
            let reason = "a backend can set \(headerLimit) headers"
            findings.append(.omitted("header \(header.name)", of: provider, reason))
        }
        return Array(headers.prefix(headerLimit))
    }

    /// Returns the object that names the secret with the key; nil for a provider without a key.
    private static func policy(_ provider: ExportedProvider, _ findings: inout [ExportFinding]) -> JSONValue? {
        guard provider.isKeyed else { return nil }
        let secret: JSONValue = ["secretRef": ["name": .string(provider.objectName)]]
        var type = "APIKey"
        var field = "apiKey"
        var value = secret
        switch provider.slug {
        case .anthropic: (type, field) = ("AnthropicAPIKey", "anthropicAPIKey")
        case .azure: (type, field) = ("AzureAPIKey", "azureAPIKey")
        case .bedrock:
            findings.append(.changed(provider, "Envoy AI Gateway needs an access key of AWS, not a Bedrock API key"))
            (type, field) = ("AWSCredentials", "awsCredentials")
            let region: JSONValue = provider.setting("region").map { .string($0) } ?? .null
            // Without a file the gateway uses the identity of the machine that it runs on.
            let isOwn = provider.record.secretID == nil
            value = isOwn ? ["region": region] : ["region": region, "credentialsFile": secret]
        default: break
        }
        let target = reference(group, "AIServiceBackend", provider.objectName)
        let spec = JSONObject([
            JSONObject.Member(name: "targetRefs", value: [target]),
            JSONObject.Member(name: "type", value: .string(type)),
            JSONObject.Member(name: field, value: value),
        ])
        let name = provider.objectName
        return KubernetesExport.object(group + "/v1beta1", "BackendSecurityPolicy", name, [("spec", .object(spec))])
    }
}
