/// The beginning of the variables' names of one provider in an environment for several providers.
package struct VariablePrefix: Hashable, Sendable {
    /// The prefix without the underscore that separates it from a suffix.
    package let text: String

    /// Creates the prefix of a provider by its name: `ROSTER_ACME_GPT_4O` for `acme/gpt-4o`.
    ///
    /// - Parameter providerName: `<project>/<handle>`.
    package init(_ providerName: String) {
        let name = providerName.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & ~0x20
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "_")
            }
        }
        text = "ROSTER_" + String(decoding: name, as: UTF8.self)
    }

    /// Creates a prefix that the user chose.
    package init(custom: String) { text = custom }

    /// Returns the name of a variable.
    package func name(_ suffix: Suffix) -> String { "\(text)_\(suffix.rawValue)" }

    /// The end of a variable's name, which names a part of the provider.
    package enum Suffix: String, CaseIterable, Sendable {
        /// The key, or a bearer token of Bedrock.
        case apiKey = "API_KEY"
        /// The base URL of requests.
        case baseURL = "BASE_URL"
        /// The model in requests.
        case model = "MODEL"
        /// The slug.
        case provider = "PROVIDER"
        /// The id of an access key of AWS.
        case awsAccessKeyID = "AWS_ACCESS_KEY_ID"
        /// The access key of AWS.
        case awsSecretAccessKey = "AWS_SECRET_ACCESS_KEY"
        /// The session token of a temporary access key of AWS.
        case awsSessionToken = "AWS_SESSION_TOKEN"
        /// The region of a provider that has one endpoint for each region.
        case region = "REGION"
    }
}

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
