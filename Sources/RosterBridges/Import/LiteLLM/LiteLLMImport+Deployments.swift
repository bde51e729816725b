import RosterBytes
import RosterEditing
import RosterJSON
import RosterModel
import YAMLSyntax

// One element of `model_list` becomes one provider.

extension LiteLLMImport {
    /// A deployment that is being read.
    struct Deployment {
        var place: ImportPlace
        /// The value of `model_name`.
        var name: ImportPlace?
        /// The parameters in their order.
        var entries: [ImportSource.Entry] = []
        /// The places of the parameters that are not null or empty.
        var parameters: [String: ImportPlace] = [:]
        /// The kinds and remarks of parameters that do not come out as they were written.
        var remarks: [String: [(kind: ImportFinding.Kind, message: String)]] = [:]
        /// Remarks about values below a parameter.
        var inner: [(place: ImportPlace, kind: ImportFinding.Kind, message: String)] = []

        /// Adds a remark about a parameter; without the parameter, about `model`.
        mutating func note(_ kind: ImportFinding.Kind, _ message: String, of parameter: String) {
            remarks[parameters[parameter] == nil ? "model" : parameter, default: []].append((kind, message))
        }
    }

    /// Reads a deployment, and adds its provider or the reason for which it is refused.
    mutating func readDeployment(
        _ place: ImportPlace,
        _ values: borrowing ImportVariables
    ) throws(ImportFailure) {
        var deployment = Deployment(place: place)
        for entry in try source.entries(place, &draft.notes) {
            if entry.key == "model_name" { deployment.name = entry.place }
            if entry.key == "litellm_params" { deployment.entries = try source.entries(entry.place, &draft.notes) }
        }
        addCredential(&deployment)
        for entry in deployment.entries where !source.isAbsent(entry.place) {
            deployment.parameters[entry.key] = entry.place
        }
        guard deployment.parameters["model"] != nil else {
            return refuse(deployment, LiteLLMTarget.Refusal(message: "a deployment needs litellm_params with a model"))
        }
        do {
            let provider = try self.provider(&deployment, values)
            note(deployment, draft.providers.count)
            draft.providers.append(provider)
        } catch let refusal as LiteLLMTarget.Refusal {
            refuse(deployment, refusal)
        } catch let failure as ImportFailure {
            throw failure
        } catch {
            refuse(deployment, LiteLLMTarget.Refusal(message: "it cannot be read"))
        }
    }

    /// Adds the parameters of the credential that a deployment names.
    private func addCredential(_ deployment: inout Deployment) {
        guard let entry = deployment.entries.first(where: { $0.key == "litellm_credential_name" }),
            let name = source.text(entry.place)
        else { return }
        guard let credential = credentials[name] else {
            deployment.remarks["litellm_credential_name"] = [(.left, "credential_list has no such credential")]
            return
        }
        for value in credential where !deployment.entries.contains(where: { $0.key == value.key }) {
            deployment.entries.append(value)
        }
    }

    /// Reports a deployment that becomes no provider.
    private mutating func refuse(_ deployment: Deployment, _ refusal: LiteLLMTarget.Refusal) {
        let place = deployment.parameters[refusal.parameter] ?? deployment.name ?? deployment.place
        let culprit = source.leaves(below: place).first ?? place
        draft.notes.add(.refused, refusal.message, at: culprit)
        for leaf in source.leaves(below: deployment.place) where leaf != culprit {
            draft.notes.add(.left, "its deployment is refused: \(source.shown(culprit))", at: leaf)
        }
        draft.providers.append(nil)
    }

    /// Reports the fate of the values of a deployment that becomes a provider.
    private mutating func note(_ deployment: Deployment, _ provider: Int) {
        if let name = deployment.name { draft.notes.add(.taken, "its name", at: name, provider: provider) }
        for entry in deployment.entries {
            let leaves = source.leaves(below: entry.place)
            func add(_ kind: ImportFinding.Kind, _ message: String) {
                for leaf in leaves { draft.notes.add(kind, message, at: leaf, provider: provider) }
            }
            guard deployment.parameters[entry.key] != nil || source.node(entry.place).kind != .scalar else {
                add(.left, "empty: the usual value")
                continue
            }
            if let remarks = deployment.remarks[entry.key] {
                for (kind, message) in remarks { add(kind, message) }
                continue
            }
            switch LiteLLMParameter.use(of: entry.key) {
            case .field: add(.taken, Self.fieldName(entry.key))
            case .setting: add(.taken, "config.\(entry.key), for programs that read the registry")
            case .nothing(let reason): add(.left, reason)
            }
        }
        for (place, kind, message) in deployment.inner {
            draft.notes.add(kind, message, at: place, provider: provider)
        }
    }

    /// The description of the place that a parameter has in a provider.
    private static func fieldName(_ parameter: String) -> String {
        switch parameter {
        case "model": "provider and defaultModel"
        case "custom_llm_provider": "provider"
        case "api_base", "base_url": "the endpoint"
        case "api_version": "config.apiVersion"
        case "organization": "config.organization"
        case "aws_region_name": "config.region"
        case "aws_bedrock_runtime_endpoint": "baseUrl"
        case "litellm_credential_name": "the values of this credential"
        default: "its secret"
        }
    }
}
