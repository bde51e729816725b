import Foundation
import RosterTestSupport
import Testing

/// An export that is imported again.
@Suite("roster export litellm and roster import litellm")
struct RoundTripTests {
    /// The cases whose slugs an import keeps at the host of a test.
    ///
    /// The base URL of another host than the vendor's may have any path, so an import makes a provider `custom` of a
    /// deployment of openai, xai or groq there.
    private static let cases = LiteLLMProxyTests.cases.filter { !["openai", "xai", "groq"].contains($0.slug) }

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
        #expect(second.exitCode == 0 && second.error.contains("nothing to do"), "\(second)")
        withExtendedLifetime(original) {}
    }

    @Test func importRestoresTheExampleWithItsKeys() async throws {
        let (folder, program) = try ExportProgramTests.example()
        let identity = folder.path + "/identity"
        let fixture = ExportProgramTests.root.appending(path: "Tests/Fixtures/example.identity").path
        try FileManager.default.copyItem(atPath: fixture, toPath: identity)
        chmod(identity, 0o600)
        let copy = try await RuntimeRepository()
        let added = try await copy.run("project", "add", "labs", "--name", "Labs")
        #expect(added.exitCode == 0, "\(added)")
        for project in ["acme", "labs"] {
            let (configuration, variables) = ("\(folder.path)/\(project).yaml", "\(folder.path)/\(project).env")
            let values = ["--values", "--identity", identity, "-o", variables]
            for arguments in [["litellm", "-o", configuration], ["dotenv"] + values] {
                let run = try await program.run(["export"] + arguments + ["--project", project])
                #expect(run.exitCode == 0, "\(run)")
            }
            let run = try await copy.run("import", "litellm", configuration, "--env", variables, "--project", project)
            #expect(run.exitCode == 0, "\(run)")
            let again = try await copy.run("export", "litellm", "--project", project)
            #expect(try Self.comparable(folder.read("\(project).yaml")) == Self.comparable(again.output))
            // The file of variables is equal too, so the keys are.
            let secrets = try await copy.run(
                "export",
                "dotenv",
                "--project",
                project,
                "--values",
                "-o",
                "\(project).env"
            )
            #expect(secrets.exitCode == 0, "\(secrets)")
            let (one, other) = (try folder.read("\(project).env"), try copy.folder.read("\(project).env"))
            // LiteLLM does not name the kind of an endpoint that supports OpenAI's protocol.
            let gateway = "ROSTER_ACME_GATEWAY_PROVIDER="
            let old = one.replacing(gateway + "gateway", with: gateway + "custom").split(separator: "\n")
            let new = Set(other.split(separator: "\n"))
            let missing = old.filter { !new.contains($0) }.map { $0.prefix { $0 != "=" } }
            #expect(missing == (project == "labs" ? ["ROSTER_LABS_GROK_REGION"] : []))
        }
        #expect(try await copy.run("check", "--strict").exitCode == 0)
        withExtendedLifetime(folder) {}
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
