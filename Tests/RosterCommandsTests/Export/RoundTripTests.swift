import Foundation
import RosterTestSupport
import Testing

/// An export that is imported again.
@Suite("roster export litellm and roster import litellm")
struct RoundTripTests {
    /// The cases that an import reads as they were.
    ///
    /// A configuration does not show whether Bedrock's key is an access key or a Bedrock API key, so it refers to both
    /// kinds, and an import takes the access key.
    private static let cases = LiteLLMProxyTests.cases.filter { $0.handle != "claude-token" }

    @Test func importRestoresWhatLiteLLMCanExpress() async throws {
        let server = try RecordingServer()
        let original = try await LiteLLMProxyTests.repository(server)
        let names = Self.cases.map { "acme/\($0.handle)" }
        for arguments in [["litellm", "-o", "litellm.yaml"], ["dotenv", "--values", "-o", "values.env"]] {
            let run = try await original.run(["export"] + arguments + names)
            #expect(run.exitCode == 0, "\(run)")
        }
        let copy = try await RuntimeRepository()
        let folder = original.folder.path
        let arguments = ["import", "litellm", folder + "/litellm.yaml", "--env", folder + "/values.env"]
        let imported = try await copy.run(arguments + ["--project", "acme"])
        #expect(imported.exitCode == 0, "\(imported)")
        #expect(!RuntimeRepository.shows(imported))

        let (before, after) = (
            try await original.run(["export", "litellm"] + names), try await copy.run("export", "litellm")
        )
        #expect(Self.comparable(before.output) == Self.comparable(after.output), "\(after)")
        for name in names {
            for repository in [original, copy] {
                let run = try await repository.run("ping", name)
                #expect(run.exitCode == 0, "\(name): \(run)")
            }
        }
        let records = try server.records()
        try #require(records.count == 2 * names.count)
        for (index, name) in names.enumerated() {
            let (one, other) = (records[2 * index], records[2 * index + 1])
            #expect(one.target == other.target && one.body == other.body)
            #expect(Self.headers(one) == Self.headers(other), "\(name)")
        }
        let second = try await copy.run(arguments + ["--project", "acme"])
        #expect(second.exitCode == 0 && second.output.contains("nothing"), "\(second)")
        withExtendedLifetime(original) {}
    }

    /// Returns the deployments by their names, without their ids and what an import leaves.
    private static func comparable(_ text: String) -> Set<Substring> {
        let lines = text.split(separator: "\n").filter { line in
            !["      id: ", "      base_model: "].contains { line.hasPrefix($0) }
        }
        return Set(lines.joined(separator: "\n").split(separator: "  - model_name: "))
    }

    /// Returns the headers without the time and the signature.
    private static func headers(_ record: RecordingServer.Record) -> [[String]] {
        record.headers.filter { $0[0] != "x-amz-date" }.map { header in
            header[1].hasPrefix("AWS4") ? [header[0], String(header[1].prefix { $0 != "," }.prefix(60))] : header
        }
    }
}
