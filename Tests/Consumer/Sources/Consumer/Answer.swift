import RosterCompiler
import RosterRuntime

// RosterRuntime's documentation shows the lines between the two marks; a test compares them.

// example
func answer(
    to question: String,
    registry document: [UInt8],
    identity file: String,
    sending send: @Sendable (ProviderRequest) async throws -> ProviderAnswer
) async throws -> String {
    let registry = try await RegistryDecoder.decode(document)
    let provider = try registry.provider("acme/gpt-4o")
    let identity = try ProviderIdentities(files: [file])
    let endpoint = try provider.open(identity)
    let request = try endpoint.chatRequest(question, maximumTokens: 200)
    return try endpoint.chatText(in: try await send(request))
}
// end of the example
