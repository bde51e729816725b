extension VariablePrefix {
    /// Returns the first two providers with the same prefix, for example `acme/gpt-4o` and `acme-gpt/4o`.
    ///
    /// No suffix ends with another suffix, so that providers with different prefixes share no variable.
    ///
    /// - Parameter providerNames: different names, `<project>/<handle>`.
    /// - Returns: the two names; nil when each prefix belongs to one provider.
    package static func collision(among providerNames: some Sequence<String>) -> (first: String, second: String)? {
        var owners: [VariablePrefix: String] = [:]
        for name in providerNames {
            if let owner = owners.updateValue(name, forKey: VariablePrefix(name)) { return (owner, name) }
        }
        return nil
    }
}
