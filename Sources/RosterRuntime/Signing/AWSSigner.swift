import RosterBytes
import RosterModel
import SealedBoxes

/// Signs requests with an AWS access key (Signature Version 4).
struct AWSSigner {
    let region: String
    let service: String
    /// `YYYYMMDDTHHMMSSZ`, UTC.
    let date: String

    init(region: String, service: String, at moment: Timestamp) {
        self.region = region
        self.service = service
        date = String(moment.description.filter { $0 != "-" && $0 != ":" })
    }

    private var scope: String { "\(date.prefix(8))/\(region)/\(service)/aws4_request" }

    /// The text that the signature is of.
    func stringToSign(_ request: SigningRequest) -> String {
        let digest = Digest.sha256(of: Array(request.canonical.utf8).span)
        return "AWS4-HMAC-SHA256\n\(date)\n\(scope)\n\(digest.hex)"
    }

    /// The signature, in hexadecimal.
    func signature(of request: SigningRequest, _ key: borrowing SecretBytes) throws(ProviderFailure) -> String {
        do {
            let day = try MessageKey(prefix: "AWS4", key).derived(from: String(date.prefix(8)))
            let place = try day.derived(from: region).derived(from: service)
            return try place.derived(from: "aws4_request").code(of: Array(stringToSign(request).utf8)).hex
        } catch { throw .noMemory }
    }

    /// The value of `Authorization`.
    func authorization(
        _ request: SigningRequest,
        _ key: borrowing SigningKey
    ) throws(ProviderFailure) -> String {
        let id = key.accessKeyID.text
        let signature = try signature(of: request, key.secretAccessKey)
        return "AWS4-HMAC-SHA256 Credential=\(id)/\(scope), SignedHeaders=\(request.signedHeaders), "
            + "Signature=\(signature)"
    }
}

extension SecretBytes {
    /// The bytes as text, for the request alone, which is dropped once it is sent.
    var text: String { unsafe withBytes { unsafe String(decoding: $0, as: UTF8.self) } }
}
