import SealedBoxes

/// The forms of a value that Bedrock accepts.
package enum BedrockSecretForm {
    /// The description of the values that may be sealed, with placeholders.
    package static let help = """
        pipe {"accessKeyId": "<id>", "secretAccessKey": "<secret>"}, with "sessionToken": "<token>" where there is one, \
        or {"apiKey": "<key>"}, or only a Bedrock API key
        """

    /// Parses a value as for a request.
    ///
    /// `part` is called with each key in it; the pointer must not leave the closure. The result is the reason why the
    /// value is refused, without any part of it, and nil when it is accepted.
    package static func problem(
        _ bytes: UnsafeRawBufferPointer,
        secret name: String,
        _ part: (UnsafeRawBufferPointer) -> Void
    ) -> String? {
        do throws(ProviderFailure) {
            let credential = try unsafe AWSSecret.read(bytes, secret: name)
            switch consume credential {
            case .none: return nil
            case .key(let key): unsafe key.withBytes(part)
            case .signing(let key):
                unsafe key.accessKeyID.withBytes(part)
                unsafe key.secretAccessKey.withBytes(part)
                unsafe key.sessionToken.withBytes(part)
            }
            return nil
        } catch {
            return error.message
        }
    }
}
