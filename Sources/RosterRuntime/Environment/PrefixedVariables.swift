import RosterBytes

/// The beginning of the names of one provider's variables, for programs that use several providers.
package struct VariablePrefix: Hashable, Sendable {
    /// The text that precedes `_API_KEY`.
    package let text: String

    /// Creates the prefix of a provider from its full name.
    ///
    /// `acme/gpt-4o` gives `ROSTER_ACME_GPT_4O`. Two names can give the same prefix.
    package init(_ providerName: String) {
        let name = providerName.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 0x20
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "_")
            }
        }
        text = "ROSTER_" + String(decoding: name, as: UTF8.self)
    }

    /// Creates a prefix that a user chose; nil when a variable cannot have such a name.
    package init?(custom: String) {
        guard let first = custom.utf8.first, custom.utf8.count <= 128 else { return nil }
        guard first.isASCIILetter || first == UInt8(ascii: "_") else { return nil }
        guard custom.utf8.allSatisfy({ $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") }) else { return nil }
        text = custom
    }

    /// Returns the name of a variable.
    package func name(_ suffix: Suffix) -> String { "\(text)_\(suffix.rawValue)" }

    /// The end of a variable's name.
    package enum Suffix: String, CaseIterable, Sendable {
        case apiKey = "API_KEY"
        case baseURL = "BASE_URL"
        case model = "MODEL"
        case provider = "PROVIDER"
        case awsAccessKeyID = "AWS_ACCESS_KEY_ID"
        case awsSecretAccessKey = "AWS_SECRET_ACCESS_KEY"
        case awsSessionToken = "AWS_SESSION_TOKEN"
        case region = "REGION"
    }
}
