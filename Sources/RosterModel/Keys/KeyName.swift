/// Names under which a key stands.
public enum KeyName {
    /// Whether `name` is the name of a key, letter case and `-_` aside: `apiKey`, `x-api-key`, not `maxTokens`.
    public static func isKeyName(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { unsafe isKeyName(utf8: $0) }
    }

    /// The same for a name as UTF-8.
    package static func isKeyName(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var letters = 0
        var first: UInt8 = 0
        for offset in bytes.indices {
            let byte = unsafe bytes[offset]
            if isSeparator(byte) { continue }
            if letters == 0 { first = byte.asciiLowercased }
            letters += 1
        }
        guard first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z") else { return false }
        return byFirstLetter[Int(first - UInt8(ascii: "a"))].contains { name in
            unsafe name.utf8CodeUnitCount == letters && isSpelling(bytes, of: name)
        }
    }

    private static func isSpelling(_ bytes: UnsafeBufferPointer<UInt8>, of name: StaticString) -> Bool {
        var position = 0
        for offset in bytes.indices {
            let byte = unsafe bytes[offset]
            if isSeparator(byte) { continue }
            guard unsafe byte.asciiLowercased == name.utf8Start[position] else { return false }
            position += 1
        }
        return true
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") }

    private static let byFirstLetter: [[StaticString]] = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { letter in
        names.filter { unsafe $0.utf8Start[0] == letter }
    }

    private static let names: [StaticString] = [
        "accesskey", "accesskeyid", "accesstoken", "apikey", "apisecret", "apitoken", "authkey", "authorization",
        "authtoken", "awsaccesskeyid", "awssecretaccesskey", "awssessiontoken", "bearer", "bearertoken", "clientsecret",
        "cookie", "credential", "credentials", "ocpapimsubscriptionkey", "passphrase", "passwd", "password",
        "privatekey", "proxyauthorization", "refreshtoken", "secret", "secretaccesskey", "secretkey", "secrettoken",
        "sessiontoken", "subscriptionkey", "token", "xapikey", "xauthtoken", "xgoogapikey",
    ]
}
