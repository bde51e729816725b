import SealedBoxes

/// The sealed value of Bedrock: a bearer token, or a JSON object with one or with an access key.
enum AWSSecret {
    static func read(_ bytes: UnsafeRawBufferPointer, secret name: String) throws(ProviderFailure) -> ProviderCredential
    {
        if unsafe bytes.first != UInt8(ascii: "{") {
            guard ["ABSK", "bedrock-api-key-"].contains(where: { unsafe bytes.starts(with: $0.utf8) }) else {
                throw malformed(
                    name,
                    "it is neither a JSON object with accessKeyId and secretAccessKey, nor a Bedrock API key"
                )
            }
            return .key(try unsafe ProviderCredential.headerBytes(bytes, of: name, "it"))
        }
        let members: SecretMembers
        do { members = try unsafe SecretMembers(bytes) } catch {
            switch error {
            case .notAnObject: throw malformed(name, "it begins with { but is not a JSON object")
            case .notText: throw malformed(name, "a member of it is not text")
            case .twice: throw malformed(name, "one of its members appears twice")
            case .tooMany: throw malformed(name, "it has more members than a key needs")
            case .noMemory: throw .noMemory
            }
        }
        guard members.hasOnly([.apiKey, .accessKeyID, .secretAccessKey, .sessionToken]) else {
            throw malformed(name, "it has a member other than accessKeyId, secretAccessKey, sessionToken and apiKey")
        }
        if members.has(.apiKey) {
            guard !members.has(.accessKeyID), !members.has(.secretAccessKey), !members.has(.sessionToken) else {
                throw malformed(name, "it has both an apiKey and an access key")
            }
            return .key(try take(.apiKey, members, name))
        }
        let pair = [StaticString.accessKeyID, .secretAccessKey]
        for half in pair where !members.has(half) { throw malformed(name, "it has no \(half)") }
        return .signing(
            SigningKey(
                accessKeyID: try take(.accessKeyID, members, name),
                secretAccessKey: try take(.secretAccessKey, members, name),
                sessionToken: members.has(.sessionToken) ? try take(.sessionToken, members, name) : try nothing()
            )
        )
    }

    private static func nothing() throws(ProviderFailure) -> SecretBytes {
        do { return try SecretBytes(zeroes: 0) } catch { throw .noMemory }
    }

    private static func take(
        _ member: StaticString,
        _ members: borrowing SecretMembers,
        _ name: String
    ) throws(ProviderFailure) -> SecretBytes {
        try unsafe members.withValue(of: member) { (bytes) throws(ProviderFailure) in
            try unsafe ProviderCredential.headerBytes(bytes, of: name, "\(member)")
        }
    }

    private static func malformed(_ name: String, _ why: String) -> ProviderFailure {
        ProviderFailure(
            .malformedSecret,
            "\(name) is not a valid key for bedrock: \(why)",
            help: "seal it again: roster secret set \(name)"
        )
    }
}

extension StaticString {
    static let apiKey: StaticString = "apiKey"
    static let accessKeyID: StaticString = "accessKeyId"
    static let secretAccessKey: StaticString = "secretAccessKey"
    static let sessionToken: StaticString = "sessionToken"
}
