import Glibc
import RosterModel
import SealedBoxes

/// The host's own AWS identity, from the variables that AWS's SDKs read.
enum AmbientCredentials {
    /// Reads the credentials; a bearer token takes precedence over an access key, as in AWS's SDKs.
    static func read(for name: String, from variables: EnvironmentVariables) throws(ProviderFailure)
        -> ProviderCredential
    {
        if let token = try variable("AWS_BEARER_TOKEN_BEDROCK", variables) { return .key(token) }
        guard let signing = bedrock, let id = try variable(signing.accessKeyID, variables) else {
            guard variables.value(of: "AWS_SECRET_ACCESS_KEY") == nil else { throw half("AWS_ACCESS_KEY_ID") }
            throw ProviderFailure(
                .noCredentials,
                "\(name) asks for the host's own AWS identity, and the environment has none",
                help: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_BEARER_TOKEN_BEDROCK"
            )
        }
        guard let secret = try variable(signing.secretAccessKey, variables) else { throw half("AWS_SECRET_ACCESS_KEY") }
        guard let token = try variable(signing.sessionToken, variables) else {
            do {
                return .signing(
                    SigningKey(accessKeyID: id, secretAccessKey: secret, sessionToken: try SecretBytes(zeroes: 0))
                )
            } catch { throw .noMemory }
        }
        return .signing(SigningKey(accessKeyID: id, secretAccessKey: secret, sessionToken: token))
    }

    private static var bedrock: SigningVariables? { ProviderSlug.bedrock.facts.environment.signing }

    private static func half(_ missing: String) -> ProviderFailure {
        ProviderFailure(.malformedSecret, "the host's own AWS identity is half a pair: \(missing) is not set")
    }

    /// Copies the value of a variable straight into secret memory; nil when it is not set or empty.
    private static func variable(
        _ name: StaticString,
        _ variables: EnvironmentVariables
    ) throws(ProviderFailure) -> SecretBytes? {
        try unsafe variables.withValue(of: name.description) { (value) throws(ProviderFailure) in
            guard let value = unsafe value else { return nil }
            let bytes = unsafe UnsafeRawBufferPointer(start: value, count: strlen(value))
            guard unsafe !bytes.isEmpty else { return nil }
            guard unsafe bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw ProviderFailure(.malformedSecret, "\(name) has a character that is not allowed in a header")
            }
            do { return try unsafe SecretBytes(copying: bytes) } catch { throw .noMemory }
        }
    }
}
