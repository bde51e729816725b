import RosterBackend
import RosterCompiler
import RosterDiagnostics
import RosterModel
import RosterSources
@testable import SealedBoxes

/// A secret file is refused with diagnostics inside the file, or compiles to a registry that can be read.
///
/// The same bytes are also read as the payload of an opened box, and as the text of an identity.
enum SecretFileCheck {
    private static let roster = """
        roster: 1
        projects:
          acme: {id: proj_V1StGXR8Z5jdHi6B, name: Acme}
        sealingKeys:
          - {id: rk_8d0b2bc5f1507fbb887f0271557ba913, publicKey: xSJhKhnFfXn4GjLK03U5IyhKiFx25tHevldMZuuQmF4=, name: a}

        """
    private static let provider = """
        id: aip_V1StGXR8Z5jdHi6B
        name: GPT
        provider: openai
        defaultModel: gpt-4o
        secret: key

        """

    private static func readIdentity(_ input: [UInt8]) {
        input.withUnsafeBytes { bytes in
            guard let text = try? SecretBytes(copying: bytes) else { return }
            _ = try? Identity(text: text)
        }
    }

    static func check(_ input: [UInt8]) async throws {
        _ = input.withUnsafeBytes { SecretPayload.parse($0) }
        readIdentity(input)

        let tree = MemoryTree([
            ("roster.yaml", Array(roster.utf8)), ("providers/acme/gpt.yaml", Array(provider.utf8)),
            ("secrets/acme/key.yaml", input),
        ])
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_000)))
        let checked = try await compiler.analyze(tree)
        for diagnostic in checked.diagnostics where diagnostic.place.path == "secrets/acme/key.yaml" {
            guard let span = diagnostic.place.span else { continue }
            try require(span.byteOffset + span.byteLength <= input.count, "\(diagnostic.rule) ends after the file")
        }
        guard let registry = checked.registry(history: .modificationTimes) else { return }
        let document = RegistryEncoder.encode(registry)
        let isSame = (try? await RegistryDecoder.decode(document)) == registry
        try require(isSame, "the compiled registry cannot be read, or changed")
    }
}
