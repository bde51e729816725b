package import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `contradictory-setting`: a setting in `config` that does not match the `baseUrl` or the model.
package enum ContradictorySetting: ProviderRule {
    package static let name = "contradictory-setting"
    package static let severity = Severity.warning
    package static let summary = "a setting in `config` that does not match the `baseUrl` or the model"
    package static let explanation = """
        The region of a Bedrock provider is also in the host of an AWS endpoint, in the ARN of a model and in the \
        prefix of an inference profile (eu., us., apac.); the resource of an Azure provider, the region of xAI and the \
        version of Google's API are also in a `baseUrl`. If the two differ, requests fail or go to a different place \
        than the setting names. Make both the same, or remove the wrong one. Hosts that do not belong to the vendor \
        are not compared, because the service that they forward to is unknown.
        """
    package static let failing = RuleExample(
        ("providers/acme/gpt-4o.yaml", bedrock(host: "bedrock-runtime.us-east-1.amazonaws.com")),
        ("secrets/acme/openai-prod.yaml", RuleExample.secret(hosts: "bedrock-runtime.us-east-1.amazonaws.com"))
    )
    package static let passing = RuleExample(
        ("providers/acme/gpt-4o.yaml", bedrock(host: "bedrock-runtime.eu-central-1.amazonaws.com")),
        ("secrets/acme/openai-prod.yaml", RuleExample.secret(hosts: "bedrock-runtime.eu-central-1.amazonaws.com"))
    )

    private static func bedrock(host: String) -> String {
        RuleExample.provider(baseURL: "https://\(host)").replacing("provider: openai", with: "provider: bedrock")
            .replacing("gpt-5.6\n", with: "amazon.nova-lite-v1:0\n") + "config:\n  region: eu-central-1\n"
    }

    /// Compares the setting that is part of a slug's endpoint with the other places that name it.
    static func check(_ provider: ProviderContext, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        guard let config = provider.config else { return }
        let (declaration, facts, url) = (provider.declaration, provider.facts, provider.url)
        guard url != nil || facts.slug == .bedrock, let setting = facts.endpointSettings.first,
            let node = config.value(setting.name, in: tree), let value = config.text(setting.name, in: tree),
            setting.matches(value)
        else { return }
        let difference =
            url.flatMap { differenceInURL(of: setting, value, from: $0, declaration, facts) }
            ?? (facts.slug == .bedrock ? differenceInModel(ofRegion: value, from: declaration) : nil)
        guard let difference else { return }
        findings.report(
            Self.self,
            at: tree[node].span,
            "\(quoted("config.\(setting.name)")) is \(quoted(value)), and \(difference.other)",
            help: difference.help,
            related: [(difference.place.value, .file(declaration.file, difference.place.span))]
        )
    }

    /// A value that does not fit a setting.
    private struct Difference {
        /// The end of the message.
        var other: String
        var help: String
        /// The place of the other value, and words for it.
        var place: Located<String>
    }

    private static func differenceInURL(
        of setting: EndpointSetting,
        _ value: String,
        from url: BaseURL,
        _ provider: ProviderDeclaration,
        _ facts: SlugFacts
    ) -> Difference? {
        guard let baseURL = provider.baseURL.located, let other = EndpointSetting.value(of: facts.slug, in: url),
            other != value, setting != .version || Endpoint.isVersion(value)
        else { return nil }
        let repair = other.isEmpty ? "remove the \(setting.name)" : "write \(setting.name): \(other)"
        let help =
            switch setting {
            case .region where facts.slug == .bedrock:
                "requests go to the baseUrl and are signed for the region: \(repair), or a baseUrl in \(value)"
            case .region, .resourceName, .apiVersion: "requests go to the baseUrl: \(repair), or remove the baseUrl"
            case .version: "the version in the baseUrl is used: \(repair), or end the baseUrl before /\(other)"
            }
        return Difference(
            other: "\(quoted("baseUrl")) has \(other.isEmpty ? "no region" : quoted(other))",
            help: help,
            place: Located("the \(quoted("baseUrl"))", baseURL.span)
        )
    }

    private static func differenceInModel(ofRegion region: String, from provider: ProviderDeclaration) -> Difference? {
        guard let model = provider.defaultModel else { return nil }
        let place = Located("the \(quoted("defaultModel"))", model.span)
        if let other = BedrockRegion.named(inModel: model.value), other != region {
            return Difference(
                other: "the ARN in \(quoted("defaultModel")) has \(quoted(other))",
                help: "write region: \(other), or the ARN of a model in \(region)",
                place: place
            )
        }
        guard let geography = BedrockRegion.geography(ofModel: model.value), !geography.allows(region) else {
            return nil
        }
        return Difference(
            other: "\(quoted("defaultModel")) has the prefix \(quoted("\(geography.name)."))",
            help: "write \(geography.example), or a model for \(region), such as one that starts with global.",
            place: place
        )
    }
}
