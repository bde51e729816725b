import RosterBytes

/// Names of keys in mappings.
public enum KeyName {
    /// Returns whether `name` is the name of a key, ignoring case and `-_`: `apiKey`, `x-api-key`, not `maxTokens`.
    public static func isKeyName(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { unsafe isKeyName(utf8: $0) }
    }

    /// Returns a Boolean value that indicates whether the UTF-8 of a name is the name of a key.
    package static func isKeyName(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = unsafe bytes.firstIndex(where: { !isSeparator($0) }), unsafe bytes[start].isASCIILetter else {
            return false
        }
        let names = unsafe byFirstLetter[Int(bytes[start].asciiLowercased - UInt8(ascii: "a"))]
        return names.contains { unsafe isSpelling(bytes, from: start, of: $0) }
    }

    /// Returns a Boolean value that indicates whether the bytes at an offset spell a name in the list.
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
