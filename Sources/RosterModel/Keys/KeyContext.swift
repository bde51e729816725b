import RosterBytes

/// The context of a value, from the names on the path to it: a key in any case, a key if it is long, or unknown.
package struct KeyContext: Sendable, Hashable {
    private enum Expectation: Sendable, Hashable {
        /// Unknown.
        case nothing
        /// The value is always a key.
        case anything
        /// The value is a key when it is long enough.
        case ending(KeyName.Ending)
    }

    private var expectation = Expectation.nothing

    /// The context outside every name.
    package init() {}

    /// The context under a name with the ending of a key's name.
    package init(_ ending: KeyName.Ending) { expectation = .ending(ending) }

    /// A Boolean value that indicates whether the value is always a key.
    package var isKey: Bool { expectation == .anything }

    /// A Boolean value that indicates whether the context is unknown.
    package var isEmpty: Bool { expectation == .nothing }

    /// Returns the context of a member by its name.
    package func member(_ name: String) -> KeyContext {
        var name = name
        return name.withUTF8 { unsafe member(utf8: $0) }
    }

    /// Returns the context of a member by the UTF-8 of its name.
    package func member(utf8 name: UnsafeBufferPointer<UInt8>) -> KeyContext {
        var context = KeyContext()
        if isKey || (unsafe KeyName.isKeyName(utf8: name)) {
            context.expectation = .anything
        } else if let ending = unsafe KeyName.ending(utf8: name) {
            context.expectation = .ending(ending)
        } else if case .ending(let outer) = expectation {
            if outer == .credentials {
                if unsafe Self.isName(name, oneOf: Self.namesOfPasswords) { context.expectation = .ending(.password) }
                if unsafe Self.isName(name, oneOf: Self.namesOfValues) { context.expectation = .ending(.key) }
            } else if unsafe !Self.isName(name, oneOf: Self.namesOfFacts) {
                context.expectation = expectation
            }
        }
        return context
    }

    /// Returns true for the key of the name in a mapping such as `{name: OPENAI_API_KEY, value: …}`.
    package static func isNameOfName(_ key: String) -> Bool {
        var key = key
        return key.withUTF8 { unsafe isName($0, oneOf: namesOfNames) }
    }

    /// The keys under which the name is in a mapping such as `{name: OPENAI_API_KEY, value: …}`.
    package static let namesOfNames: [StaticString] = ["name", "key", "header", "variable", "field"]

    /// Returns a Boolean value that indicates whether a string or an unquoted number is a key in this context.
    package func isKey(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { unsafe isKey(utf8: $0) }
    }

    /// Returns a Boolean value that indicates whether UTF-8 text is a key in this context.
    package func isKey(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        switch expectation {
        case .nothing: false
        case .anything: true
        case .ending(let ending): unsafe KeyValue.isKey(bytes, ending)
        }
    }

    /// Returns a Boolean value that indicates whether a name is in a list, ignoring case.
    package static func isName(_ name: UnsafeBufferPointer<UInt8>, oneOf names: [StaticString]) -> Bool {
        names.contains { other in
            guard name.count == other.utf8CodeUnitCount else { return false }
            return name.indices.allSatisfy { unsafe name[$0].asciiLowercased == other.utf8Start[$0] }
        }
    }

    private static let namesOfValues: [StaticString] = [
        "value", "key", "raw", "data", "plain", "plaintext", "text", "string", "literal", "content", "current",
        "previous",
        "primary", "secondary", "default",
    ]
    private static let namesOfPasswords: [StaticString] = ["pass", "pwd"]
    /// The names of facts about a key in the mapping of its value.
    private static let namesOfFacts: [StaticString] = [
        "name", "type", "kind", "id", "url", "uri", "endpoint", "host", "hostname", "env", "envvar", "variable",
        "header",
        "prefix", "scheme", "method", "mode", "file", "filename", "path", "ref", "reference", "provider", "source",
        "region",
        "location", "issuer", "audience", "scope", "scopes", "algorithm", "user", "username", "email", "description",
        "note",
        "comment", "title", "label", "owner", "project", "tenant", "created", "expires", "format", "arn", "domain",
    ]
}

/// Values under a name with the ending of a key's name.
enum KeyValue {
    /// Returns true for a long word that is not a placeholder, and for a text with an authentication scheme.
    static func isKey(_ bytes: UnsafeBufferPointer<UInt8>, _ ending: KeyName.Ending) -> Bool {
        guard let first = unsafe bytes.firstIndex(where: { $0 > 0x20 }),
            let last = unsafe bytes.lastIndex(where: { $0 > 0x20 })
        else { return false }
        let text = unsafe bytes[first...last]
        if let blank = unsafe text.firstIndex(where: { $0 <= 0x20 }) {
            guard isScheme(unsafe Array(text[..<blank])) else { return false }
            let credentials = unsafe text[blank...].drop { $0 <= 0x20 }
            return unsafe !KeyPlaceholder.contains(credentials, for: .password)
        }
        // Characters are counted by their first bytes.
        let count = unsafe text.count { $0 & 0xC0 != 0x80 }
        return unsafe count >= ending.minimumLength && !KeyPlaceholder.contains(text, for: ending)
    }

    /// Returns a Boolean value that indicates whether a word is an authentication scheme, in any case.
    private static func isScheme(_ word: [UInt8]) -> Bool {
        let name = word.last == UInt8(ascii: ":") ? word.dropLast() : word[...]
        return schemes.contains { scheme in
            scheme.utf8CodeUnitCount == name.count
                && zip(name, 0...).allSatisfy { unsafe $0.asciiLowercased == scheme.utf8Start[$1] }
        }
    }

    /// The registered schemes (IANA, HTTP Authentication Schemes) and those of vendors.
    private static let schemes: [StaticString] = [
        "basic", "bearer", "concealed", "digest", "dpop", "gnap", "hoba", "mutual", "negotiate", "oauth",
        "privatetoken",
        "scram-sha-1", "scram-sha-256", "vapid", "token", "apikey", "api-key", "x-api-key", "key", "secret", "aws",
        "aws4-hmac-sha256", "aws4-ecdsa-p256-sha256", "sharedkey", "sharedkeylite", "sharedaccesssignature", "ntlm",
        "kerberos", "hawk", "mac", "signature", "wsse", "googlelogin", "sso-key", "ssws", "geniekey", "deepl-auth-key",
        "snowflake", "splunk", "zoho-oauthtoken", "client-id", "iam", "tc3-hmac-sha256", "hmac", "hmac-sha256",
    ]
}
