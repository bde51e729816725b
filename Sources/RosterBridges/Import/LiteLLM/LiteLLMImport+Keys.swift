import RosterModel

// The key of a deployment, from its parameters and from the variables that LiteLLM reads without them.

extension LiteLLMImport {
    /// Returns the origin of the key of a deployment; nil when its requests have none.
    mutating func key(
        of target: LiteLLMTarget,
        _ provider: ImportedProvider,
        _ deployment: inout Deployment,
        _ values: borrowing ImportVariables
    ) throws(LiteLLMTarget.Refusal) -> ImportedKey? {
        for name in ["api_key", "aws_access_key_id", "aws_secret_access_key", "aws_session_token"] {
            try checkReference(name, deployment.parameters)
        }
        if provider.slug == .bedrock, let key = try awsKey(&deployment, values) { return key }
        let isOptional = provider.slug.facts.secret == .optional
        if let place = deployment.parameters["api_key"] {
            let text = source.text(place) ?? ""
            if isOptional, Self.variable(text) == nil, Self.isPlaceholder(text) {
                deployment.note(.left, "a placeholder, since the server needs no key", of: "api_key")
                return nil
            }
            guard let part = part(at: place, values) else { return nil }
            note(part, at: "api_key", &deployment)
            return .plain(part)
        }
        // LiteLLM sends the key of OpenAI to any server of a deployment without one.
        guard provider.slug == target.slug else {
            deployment.note(
                .changed,
                "no key: LiteLLM would send it the one of \(target.vendor.keys.first?.description ?? "the vendor")",
                of: "model"
            )
            return nil
        }
        let names = target.vendor.keys.map(\.description)
        let known = names.first { isSet($0, values) }
        guard let name = known ?? (isOptional && !Self.isCompatible(target) ? nil : names.first) else { return nil }
        if provider.slug == .bedrock, known == nil { return nil }
        let part = part(ofVariable: name)
        deployment.note(.changed, "the key is that of \(name), which LiteLLM reads without api_key", of: "model")
        if let place = variables[name] { noteVariable(name, place, part, &deployment) }
        return .plain(part)
    }

    /// Returns a Boolean value that indicates whether a vendor's own endpoint needs a key.
    private static func isCompatible(_ target: LiteLLMTarget) -> Bool {
        switch target.vendor.wire {
        case .compatible, .translated: true
        case .slug, .server, .gateway, .unsupported: false
        }
    }

    /// Returns the access key that parameters or variables have; nil for the identity of the machine.
    private mutating func awsKey(
        _ deployment: inout Deployment,
        _ values: borrowing ImportVariables
    ) throws(LiteLLMTarget.Refusal) -> ImportedKey? {
        let names = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"]
        let parts = names.map { name in
            deployment.parameters[name].flatMap { place in
                let part = part(at: place, values)
                if let part { note(part, at: name, &deployment) }
                return part
            }
        }
        if let id = parts[0], let secret = parts[1] {
            let isSent = deployment.parameters["api_key"].map { isSet(at: $0, values) } ?? false
            if isSent, !isSet(part: id, values) {
                for name in names { deployment.leaveUnset(name) }
                return nil
            }
            var token = parts[2]
            if let part = token, isSet(part: id, values), !isSet(part: part, values) {
                deployment.leaveUnset(names[2])
                token = nil
            }
            return .aws(id: id, secret: secret, token: token)
        }
        for (name, part) in zip(names, parts) where part != nil {
            throw LiteLLMTarget.Refusal(
                message: "an access key is a pair, and one half of it is missing",
                parameter: name
            )
        }
        guard deployment.parameters["api_key"] == nil, !isSet("AWS_BEARER_TOKEN_BEDROCK", values) else { return nil }
        let variables = names.map { $0.uppercased() }
        let hasRole = deployment.parameters.keys.contains { $0.hasPrefix("aws_role") || $0 == "aws_profile_name" }
        guard !hasRole, isSet(variables[0], values), isSet(variables[1], values) else {
            deployment.note(.changed, "config.auth ambient: requests have the AWS identity of the machine", of: "model")
            return nil
        }
        deployment.note(.changed, "the key is that of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", of: "model")
        for name in variables {
            if let place = self.variables[name] { noteVariable(name, place, part(ofVariable: name), &deployment) }
        }
        return .aws(
            id: part(ofVariable: variables[0]),
            secret: part(ofVariable: variables[1]),
            token: isSet(variables[2], values) ? part(ofVariable: variables[2]) : nil
        )
    }

    /// Returns a Boolean value that indicates whether the value of a part of a key is known.
    private func isSet(part: ImportedKey.Part, _ values: borrowing ImportVariables) -> Bool {
        if case .variable(let name) = part { isSet(name, values) } else { true }
    }

    /// Returns a Boolean value that indicates whether the value of a parameter is known.
    private func isSet(at place: ImportPlace, _ values: borrowing ImportVariables) -> Bool {
        Self.variable(source.text(place) ?? "").map { isSet($0, values) } ?? true
    }

    /// Adds the remark about the parameter that names or holds a key.
    private func note(_ part: ImportedKey.Part, at parameter: String, _ deployment: inout Deployment) {
        guard let place = deployment.parameters[parameter] else { return }
        let text = source.text(place) ?? ""
        guard let name = Self.variable(text) else {
            return deployment.note(.changed, Self.revoke, of: parameter)
        }
        deployment.note(.changed, "its secret, from the variable \(name)", of: parameter)
        if let place = variables[name], part != .variable(name) { noteVariable(name, place, part, &deployment) }
    }

    /// Adds the remark about a variable that the file sets.
    private func noteVariable(
        _ name: String,
        _ place: ImportPlace,
        _ part: ImportedKey.Part,
        _ deployment: inout Deployment
    ) {
        switch part {
        case .value: deployment.inner.append((place, .changed, Self.revoke))
        case .variable(let name): deployment.inner.append((place, .changed, "its secret, from the variable \(name)"))
        }
    }

    private static let revoke =
        "its secret; the key was in the clear, so revoke it and seal a new one: roster secret set"
}

extension LiteLLMImport.Deployment {
    /// Reports a parameter that refers to a variable that is not set, which LiteLLM drops.
    fileprivate mutating func leaveUnset(_ parameter: String) {
        guard parameters[parameter] != nil else { return }
        remarks[parameter] = [(.left, "its variable is not set, and LiteLLM drops it")]
    }
}
