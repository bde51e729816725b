package import RosterFrontend

/// A rule about a provider with the secret that it links.
protocol LinkRule: Rule {
    /// Checks a provider with its secret; `siblings` are the positions of the project's secrets by handle.
    static func check(
        _ provider: Shared<ProviderDeclaration>,
        _ secret: Shared<SecretDeclaration>,
        _ index: SecretIndex,
        siblings: [String: Int],
        _ findings: inout Findings
    )
}

/// The rules about a provider with the secret that it links.
package enum LinkRules {
    static let list: [any LinkRule.Type] = [SecretHostMismatch.self]

    /// The rules.
    package static var all: [any Rule.Type] { list }

    /// Runs every rule.
    static func check(
        _ provider: Shared<ProviderDeclaration>,
        _ secret: Shared<SecretDeclaration>,
        _ index: SecretIndex,
        siblings: [String: Int],
        _ findings: inout Findings
    ) {
        for rule in list { rule.check(provider, secret, index, siblings: siblings, &findings) }
    }
}
