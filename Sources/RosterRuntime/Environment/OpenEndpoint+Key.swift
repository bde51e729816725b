import RosterModel
import SealedBoxes

extension OpenEndpoint {
    /// Calls a closure with each part of the key, and the suffix of the variable that holds the part.
    ///
    /// The bytes are in secret memory and must not leave the closure.
    ///
    /// - Throws: ``ProviderFailure`` when a program that has the key would send it to a URL that the secret does not
    ///   allow, or what the closure throws.
    package func withKey(
        _ body: (_ suffix: VariablePrefix.Suffix, _ part: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try check(endpoint.base.origin, path: SDKBaseURL(endpoint, provider.record.slug).chatPath)
        switch credential {
        case .none: break
        case .key(let key): try unsafe key.withBytes { try unsafe body(.apiKey, $0) }
        case .signing(let key):
            try unsafe key.accessKeyID.withBytes { try unsafe body(.awsAccessKeyID, $0) }
            try unsafe key.secretAccessKey.withBytes { try unsafe body(.awsSecretAccessKey, $0) }
            guard key.sessionToken.count > 0 else { break }
            try unsafe key.sessionToken.withBytes { try unsafe body(.awsSessionToken, $0) }
        }
    }
}
