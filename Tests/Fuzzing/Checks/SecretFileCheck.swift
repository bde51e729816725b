@testable import SealedBoxes

/// A secret file is refused with diagnostics inside the file, or compiles to a registry that can be read.
///
/// The same bytes are also read as the payload of an opened box, and as the text of an identity.
enum SecretFileCheck {
    static func check(_ input: [UInt8]) async throws {
        _ = input.withUnsafeBytes { SecretPayload.parse($0) }
        readIdentity(input)
        try await SampleRepository.check(input, at: SampleRepository.secretPath)
    }

    private static func readIdentity(_ input: [UInt8]) {
        input.withUnsafeBytes { bytes in
            guard let text = try? SecretBytes(copying: bytes) else { return }
            _ = try? Identity(text: text)
        }
    }
}
