extension VariablePrefix {
    /// Returns the first two providers with the same prefix, for example `acme/gpt-4o` and `acme-gpt/4o`.
    ///
    /// No suffix ends with another suffix, so that providers with different prefixes share no variable.
    ///
    /// - Parameter providers: different names, `<project>/<handle>`, and their prefixes.
    /// - Returns: the two names; nil when each prefix belongs to one provider.
    package static func collision(
        among providers: some Sequence<(name: String, prefix: VariablePrefix)>
    ) -> (first: String, second: String)? {
        var owners: [VariablePrefix: String] = [:]
        for (name, prefix) in providers {
            if let owner = owners.updateValue(name, forKey: prefix) { return (owner, name) }
        }
        return nil
    }
}
