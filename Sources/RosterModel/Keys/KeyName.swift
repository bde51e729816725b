/// Names under which a key stands.
public enum KeyName {
    /// Whether `name` is the name of a key, letter case and `-_` aside: `apiKey`, `x-api-key`, not `maxTokens`.
    public static func isKeyName(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { unsafe isKeyName(utf8: $0) }
    }

    /// The same for a name as UTF-8.
    package static func isKeyName(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        // No name in the table is this long, separators included; most config keys end here or at the first letter.
        guard bytes.count >= 5, bytes.count <= 48, let first = unsafe bytes.first else { return false }
        guard "abcoprstx-_".utf8.contains(first.asciiLowercased) else { return false }
        var letters = ""
        for offset in bytes.indices {
            let byte = unsafe bytes[offset]
            guard byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_") else { continue }
            letters.unicodeScalars.append(Unicode.Scalar(byte.asciiLowercased))
        }
        return names.contains(letters)
    }

    private static let names: Set<String> = [
        "accesskey", "accesskeyid", "accesstoken", "apikey", "apisecret", "apitoken", "authkey", "authorization",
        "authtoken", "awsaccesskeyid", "awssecretaccesskey", "awssessiontoken", "bearer", "bearertoken", "clientsecret",
        "cookie", "credential", "credentials", "ocpapimsubscriptionkey", "passphrase", "passwd", "password",
        "privatekey", "proxyauthorization", "refreshtoken", "secret", "secretaccesskey", "secretkey", "secrettoken",
        "sessiontoken", "subscriptionkey", "token", "xapikey", "xauthtoken", "xgoogapikey",
    ]
}
