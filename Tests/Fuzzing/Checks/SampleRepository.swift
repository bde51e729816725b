import RosterBackend
import RosterCompiler
import RosterDiagnostics
import RosterModel
import RosterSources

/// A small repository, one of whose files is replaced by the fuzzer's input.
enum SampleRepository {
    static let rosterPath = "roster.yaml"
    static let providerPath = "providers/acme/gpt.yaml"
    static let secretPath = "secrets/acme/key.yaml"

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
        defaultModel: gpt-5.6
        secret: key

        """
    private static let providerWithoutSecret = """
        id: aip_V1StGXR8Z5jdHi6B
        name: Llama
        provider: ollama
        defaultModel: llama3.2

        """

    /// Compiles the repository with an input in the place of a file.
    ///
    /// It is refused with diagnostics inside the file, which can be printed, or compiles to a registry that can be read.
    static func check(_ input: [UInt8], at path: String) async throws {
        let texts = [
            (rosterPath, roster), (providerPath, path == secretPath ? provider : providerWithoutSecret),
        ]
        let others = texts.filter { $0.0 != path }.map { ($0.0, Array($0.1.utf8)) }
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_000)))
        let checked = try await compiler.analyze(MemoryTree(others + [(path, input)]))
        for diagnostic in checked.diagnostics where diagnostic.place.path == path {
            guard let span = diagnostic.place.span else { continue }
            try require(span.byteOffset + span.byteLength <= input.count, "\(diagnostic.rule) ends after the file")
        }
        let report = Report(
            diagnostics: checked.diagnostics,
            files: checked.paths,
            summary: checked.summary,
            rules: RuleCatalogue.descriptions,
            toolVersion: "1.0"
        )
        _ = render(report, as: .text)
        _ = render(report, as: .json)
        guard let registry = checked.registry(history: .modificationTimes) else { return }
        let document = RegistryEncoder.encode(registry)
        let isSame = (try? await RegistryDecoder.decode(document)) == registry
        try require(isSame, "the compiled registry cannot be read, or changed")
    }
}
