import RosterBackend
import RosterCompiler

/// A compiled registry that is accepted survives encoding and decoding.
enum CompiledRegistryCheck {
    static func check(_ input: [UInt8]) async throws {
        guard let registry = try? await RegistryDecoder.decode(input) else { return }
        let document = RegistryEncoder.encode(registry)
        let again: Bool
        do {
            again = try await RegistryDecoder.decode(document, concurrency: 2) == registry
        } catch {
            throw FuzzFailure(description: "the encoded registry is refused: \(error)")
        }
        try require(again, "the registry changed in a round trip")
    }
}
