import YAMLSyntax

/// A rule about one provider.
protocol ProviderRule: Rule {
    /// Checks a provider.
    static func check(_ provider: ProviderContext, in tree: borrowing YAMLTree, _ findings: inout Findings)
}

/// The rules about one provider.
package enum ProviderRules {
    static let list: [any ProviderRule.Type] = [
        InvalidBaseURL.self, UnlikelyModel.self, MissingBaseURL.self, MissingConfig.self, MissingSecret.self,
        AmbientCredentials.self, UnusedSetting.self, ContradictorySetting.self, UnneededSecret.self,
        ForbiddenHost.self, InsecureBaseURL.self, SuspiciousBaseURL.self,
    ]

    /// The rules.
    package static var all: [any Rule.Type] { list }

    /// Runs every rule.
    static func check(_ provider: ProviderContext, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        for rule in list { rule.check(provider, in: tree, &findings) }
    }
}
