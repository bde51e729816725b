package import RosterDiagnostics

extension ModelCheck {
    /// The descriptions of the verdicts that are reported, for formats of diagnostics.
    package static let rules: [Report.RuleDescription] = Verdict.allCases.compactMap { verdict in
        guard let (severity, summary, explanation) = verdict.description else { return nil }
        var rule = Report.RuleDescription(
            name: verdict.rule,
            severity: severity,
            summary: summary,
            explanation: explanation
        )
        rule.isInCatalogue = false
        return rule
    }

    /// Returns the diagnostic of a provider's file; nil when the model is served.
    package func diagnostic(pathPrefix: String) -> Diagnostic? {
        guard let (severity, _, _) = verdict.description else { return nil }
        return Diagnostic(
            rule: verdict.rule,
            severity: severity,
            message: "\(provider): \(reason ?? verdict.rawValue)",
            place: Diagnostic.Place(path: path(prefix: pathPrefix)),
            help: help ?? (nearest.isEmpty ? nil : "similar names: " + nearest.joined(separator: ", "))
        )
    }

    /// Returns the path of the provider's file.
    package func path(prefix: String) -> String { "\(prefix)providers/\(provider).yaml" }
}

extension ModelCheck.Verdict {
    /// The name of the rule that reports the verdict.
    fileprivate var rule: String { "model-" + rawValue }

    fileprivate var description: (severity: Severity, summary: String, explanation: String)? {
        switch self {
        case .served: nil
        case .missing:
            (
                .error, "the provider does not serve the default model",
                "The list of models that the provider serves for this key does not have the default model, so that requests "
                    + "fail. Change defaultModel to a model that is served."
            )
        case .keyRefused:
            (
                .error, "the provider refuses the key",
                "The provider answered the request for its models with 401 or 403. Seal a valid key: roster secret set."
            )
        case .undecided:
            (
                .warning, "the provider's answer shows nothing about the model",
                "There is no list of models, the list does not have what requests name, or the provider cannot be used here."
            )
        case .unreachable:
            (
                .warning, "the provider does not answer",
                "There was no answer to the request for the list of models. Check the address, the network and the proxy."
            )
        }
    }
}
