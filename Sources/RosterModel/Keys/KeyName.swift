/// Names under which a key stands.
public enum KeyName {
    /// Whether `name` is the name of a key, letter case and `-_` aside: `apiKey`, `x-api-key`, not `maxTokens`.
    public static func isKeyName(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { unsafe isKeyName(utf8: $0) }
    }

    /// The same for a name as UTF-8.
    package static func isKeyName(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = unsafe bytes.first(where: { !isSeparator($0) })?.asciiLowercased, first >= UInt8(ascii: "a"),
            first <= UInt8(ascii: "z")
        else { return false }
        let letters = unsafe bytes.reduce(0) { isSeparator($1) ? $0 : $0 + 1 }
        // Whether any name starts with this letter and has this length settles it for nearly every key of a config.
        guard letters < 64, lengthsByFirstLetter[Int(first - UInt8(ascii: "a"))] & 1 << UInt64(letters) != 0 else {
            return false
        }
        let name = unsafe bytes.filter { !isSeparator($0) }.map(\.asciiLowercased)
        return names.contains(String(decoding: name, as: UTF8.self))
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") }

    private static let lengthsByFirstLetter: [UInt64] = {
        var lengths = [UInt64](repeating: 0, count: 26)
        for name in names {
            guard let first = name.utf8.first else { continue }
            lengths[Int(first - UInt8(ascii: "a"))] |= 1 << UInt64(name.utf8.count)
        }
        return lengths
    }()

    private static let names: Set<String> = [
        "accesskey", "accesskeyid", "accesstoken", "apikey", "apisecret", "apitoken", "authkey", "authorization",
        "authtoken", "awsaccesskeyid", "awssecretaccesskey", "awssessiontoken", "bearer", "bearertoken", "clientsecret",
        "cookie", "credential", "credentials", "ocpapimsubscriptionkey", "passphrase", "passwd", "password",
        "privatekey", "proxyauthorization", "refreshtoken", "secret", "secretaccesskey", "secretkey", "secrettoken",
        "sessiontoken", "subscriptionkey", "token", "xapikey", "xauthtoken", "xgoogapikey",
    ]
}
