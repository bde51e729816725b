import RosterCompiler
import RosterDiagnostics
import RosterFrontend
import RosterJSON
package import RosterModel
import RosterSemantics

/// Advice on a provider that is refused because it has no secret, or lacks a setting.
package struct MissingSecretAdvice {
    private let provider: NewProvider
    private let arguments: ProviderArguments
    private let editor: Editor

    /// Creates advice on a provider that arguments describe.
    package init(_ provider: NewProvider, _ arguments: ProviderArguments, in editor: Editor) {
        (self.provider, self.arguments, self.editor) = (provider, arguments, editor)
    }

    /// Returns the option for a setting that the provider lacks; nil for another failure.
    package func option(for failure: EditFailure) -> String? {
        let rules = failure.diagnostics.map(\.rule)
        guard rules.contains(where: { [MissingBaseURL.name, MissingConfig.name].contains($0) }) else { return nil }
        guard case .string(let text)? = provider.fields["provider"], let slug = ProviderSlug(rawValue: text) else {
            return nil
        }
        let option = slug.facts.requiredConfig.map { "--config \($0)=VALUE" } ?? "--base-url URL"
        return "give it as an option: \(option)"
    }

    /// Returns the commands that create the provider and its secret, in one step and in two; nil for another failure.
    package func help(for failure: EditFailure, today: CalendarDate) async throws -> String? {
        let rules = Set(failure.diagnostics.map(\.rule))
        guard provider.fields["secret"] == nil, !rules.isDisjoint(with: Self.rules) else { return nil }
        // A command that fails for another reason does not help, and could repeat a key in an argument.
        guard rules.isSubset(of: Self.rules) else {
            return "fix the other errors, and add --seal to create its secret in the same step"
        }
        let secret = unusedSecretName()
        let create = ["roster", "provider", "create", "--project", provider.project] + arguments.options
        let steps = [
            "in one step, with the key from the terminal or a pipe: \(ShellCommand(create + secret.option + ["--seal"]).text)",
            "or in two steps: \(ShellCommand.seal(secret.fullName, for: provider.fields).text)",
            "then: \(ShellCommand(create + ["--secret", secret.handle]).text)",
        ]
        let fitting = try await fittingSecret(today: today).map {
            ["or link the secret of this project that fits: --secret \($0)"]
        }
        return (steps + (fitting ?? [])).map(ShownText.mask).joined(separator: "\n  ")
    }

    /// Returns a name that no secret has, so that no command replaces a key; the provider's own handle where it can be.
    private func unusedSecretName() -> (handle: String, fullName: String, option: [String]) {
        let wanted = provider.handle ?? ""
        var handle = wanted
        var number = 1
        while editor.hasSecretFile(handle, in: provider.project) {
            number += 1
            handle = "\(wanted)-\(number)"
        }
        return (handle, "\(provider.project)/\(handle)", handle == wanted ? [] : ["--secret", handle])
    }

    private static let rules: Set = [MissingSecret.name, AmbientCredentials.name]

    /// Returns the first secret of the project that may be sent to all hosts of the provider's requests.
    private func fittingSecret(today: CalendarDate) async throws -> String? {
        let preview = try await EndpointPreview(of: provider.fields, today: today)
        guard let endpoint = preview.endpoint else { return nil }
        return editor.survey.secrets.first { secret in
            secret.project == provider.project
                && secret.allowedHosts.contains(where: endpoint.isAdmitted)
        }?.handle
    }
}
