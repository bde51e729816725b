import RosterBytes

/// Names under which a key stands.
public enum KeyName {
    /// Whether `name` is the name of a key, letter case and `-_` aside: `apiKey`, `x-api-key`, not `maxTokens`.
    public static func isKeyName(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { unsafe isKeyName(utf8: $0) }
    }

    /// The same for a name as UTF-8.
    package static func isKeyName(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = unsafe bytes.firstIndex(where: { !isSeparator($0) }), unsafe bytes[start].isASCIILetter else {
            return false
        }
        let names = unsafe byFirstLetter[Int(bytes[start].asciiLowercased - UInt8(ascii: "a"))]
        return names.contains { unsafe isSpelling(bytes, from: start, of: $0) }
    }

    /// Whether bytes from an offset on spell a name that starts with the letter there.
    private static func isSpelling(
        _ bytes: UnsafeBufferPointer<UInt8>,
        from start: Int,
        of name: StaticString
    ) -> Bool {
        var position = 1
        for offset in start + 1..<bytes.count {
            let byte = unsafe bytes[offset]
            if isSeparator(byte) { continue }
            guard unsafe position < name.utf8CodeUnitCount && byte.asciiLowercased == name.utf8Start[position] else {
                return false
            }
            position += 1
        }
        return position == name.utf8CodeUnitCount
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
