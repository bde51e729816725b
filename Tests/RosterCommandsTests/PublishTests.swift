import Foundation
import RosterFleet
import RosterTestSupport
import Testing

@testable import RosterCommands

/// `roster publish`, `roster publication show` and `roster serve --from` with a folder.
@Suite("Commands: publications")
struct PublishTests {
    private let folder: ScratchFolder
    private let keys: ScratchFolder
    private let program: RosterProgram

    init() async throws {
        (folder, keys) = (try ScratchFolder.repository(), try ScratchFolder())
        program = RosterProgram(folder: folder.path)
        for arguments in [
            ["init", "--quiet", "--initial-branch=main"], ["add", "."], ["commit", "--quiet", "-m", "1"],
        ] {
            try program.tool(["git"] + arguments)
        }
        let key = try await RosterProgram(folder: keys.path).run("key", "generate", "--publishing", "-o", "key.pem")
        try keys.write("trust.pem", key.output)
    }

    private var destination: String { "dir:\(keys.path)/out" }

    private func publish(_ arguments: String..., to destinations: [String]? = nil) async throws -> ProgramRun {
        try await program.run(
            ["publish"] + (destinations ?? [destination]) + ["--key", keys.path + "/key.pem"] + arguments
        )
    }

    private func commit(_ text: String) throws {
        let provider = ScratchFolder.provider.replacing("Local model", with: text)
        try folder.write("providers/acme/local.yaml", provider)
        try program.tool("git", "commit", "--quiet", "--all", "--message", text)
    }

    private func show() async throws -> ProgramRun {
        try await program.run("publication", "show", destination, "--trust", keys.path + "/trust.pem", "--json")
    }

    private func serial() async throws -> Int64 {
        let document = try JSONSerialization.jsonObject(with: Data(try await show().output.utf8)) as? [String: Any]
        return try #require(document?["serial"] as? Int64)
    }

    @Test func publishesCommitThatShowVerifies() async throws {
        let run = try await publish("--rev", "HEAD")
        #expect(run.exitCode == 0 && run.output.hasPrefix("published 1 provider at "), "\(run)")
        #expect(run.output.contains("\n  \(destination)@sha256:"))
        let shown = try await show()
        #expect(shown.exitCode == 0, "\(shown)")
    }

    @Test func writesNothingWhenNothingIsNew() async throws {
        _ = try await publish("--rev", "HEAD")
        let serial = try await serial()
        let run = try await publish("--rev", "HEAD")
        #expect(run.exitCode == 0 && run.output.hasPrefix("nothing new: "), "\(run)")
        #expect(try await self.serial() == serial)
        // Less than half of its validity is left after more than that.
        _ = try await publish("--rev", "HEAD", "--refresh", "--valid-for", "1s")
        try await Task.sleep(for: .milliseconds(1100))
        let again = try await publish("--rev", "HEAD")
        #expect(again.exitCode == 0 && again.output.hasPrefix("published"), "\(again)")
    }

    @Test func publishesAgainWhenTheRegistryIsGoneOrDamaged() async throws {
        for damage in [nil, "damaged"] {
            _ = try await publish("--rev", "HEAD")
            let blobs = URL(filePath: keys.path + "/out/blobs/sha256")
            for name in try FileManager.default.contentsOfDirectory(atPath: blobs.path) {
                let blob = blobs.appending(component: name)
                guard try Data(contentsOf: blob).starts(with: [31, 139]) else { continue }
                try FileManager.default.removeItem(at: blob)
                if let damage { try keys.write("out/blobs/sha256/\(name)", damage) }
            }
            let run = try await publish("--rev", "HEAD")
            #expect(run.exitCode == 0 && run.output.hasPrefix("published 1 provider at "), "\(run)")
            #expect(run.error.hasPrefix("warning: \(destination) lost its registry, which is published again: "))
            #expect(try await publish("--rev", "HEAD").output.hasPrefix("nothing new: "))
        }
    }

    /// A registry that has a blob does not take it again, also when it lost the content.
    @Test func failsWhenTheRegistryIsDamagedAfterTheRepair() async throws {
        let registry = try await DockerRegistry(in: ScratchFolder())
        defer { registry.stop() }
        let destination = "oci://127.0.0.1:\(registry.port)/acme/registry:main"
        _ = try await publish("--rev", "HEAD", to: [destination])
        try damageRegistries(in: registry.folder.path + "/storage")
        let run = try await publish("--rev", "HEAD", "--json", to: [destination])
        #expect(run.exitCode == 3)
        #expect(run.error.contains("warning: \(destination) lost its registry, which is published again: "))
        #expect(run.error.contains("error: \(destination) does not return the registry that was published to it: "))
        #expect(try Self.results(run).map { $0["result"] as? String } == ["failed"], "\(run)")
    }

    /// Damages the compressed registries below a folder.
    private func damageRegistries(in folder: String) throws {
        let files = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }
        for file in files.map({ URL(filePath: folder + "/" + $0) }) {
            guard let bytes = try? Data(contentsOf: file), bytes.starts(with: [31, 139]) else { continue }
            try Data(repeating: 120, count: bytes.count).write(to: file)
        }
    }

    /// Returns the results of the destinations.
    private static func results(_ run: ProgramRun) throws -> [[String: Any]] {
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        return try #require(document?["destinations"] as? [[String: Any]])
    }

    @Test func warnsOfWhatCannotBeRemoved() async throws {
        try keys.write("out/blobs/sha256/.roster-left.tmp/file", "")
        let run = try await publish("--rev", "HEAD")
        #expect(run.exitCode == 0 && run.output.hasPrefix("published 1 provider at "), "\(run)")
        let reason = "blobs/sha256/.roster-left.tmp cannot be removed: is a directory"
        #expect(run.error == "warning: \(destination) keeps older publications: \(reason)\n")
        let again = try await publish("--rev", "HEAD", "--refresh", "--json")
        #expect(again.exitCode == 0)
        #expect(try Self.results(again).map { $0["message"] as? String } == ["keeps older publications: \(reason)"])
    }

    @Test func signsAgainWhatAnotherKeySigned() async throws {
        _ = try await publish("--rev", "HEAD")
        let other = try await RosterProgram(folder: keys.path).run("key", "generate", "--publishing", "-o", "other.pem")
        try keys.write("trust.pem", other.output)
        let run = try await program.run("publish", destination, "--key", keys.path + "/other.pem", "--rev", "HEAD")
        #expect(run.exitCode == 0 && run.output.hasPrefix("published 1 provider"), "\(run)")
        #expect(try await show().exitCode == 0)
    }

    @Test func writesNothingForDryRun() async throws {
        let run = try await publish("--rev", "HEAD", "--dry-run")
        #expect(run.exitCode == 0 && run.output.hasPrefix("would publish 1 provider"), "\(run)")
        #expect(!keys.exists("out"))
    }

    @Test func refusesOlderCommitUnlessAllowed() async throws {
        try commit("Second")
        _ = try await publish("--rev", "HEAD")
        let run = try await publish("--rev", "HEAD~1")
        #expect(run.exitCode == 1 && run.error.contains("another pipeline was faster"), "\(run)")
        #expect(run.error.contains("--allow-older"))
        let serial = try await serial()
        #expect(try await publish("--rev", "HEAD~1", "--allow-older").exitCode == 0)
        #expect(try await self.serial() > serial)
    }

    @Test func refusesCommitOfOtherBranch() async throws {
        try program.tool("git", "branch", "other")
        try commit("Main")
        _ = try await publish("--rev", "HEAD")
        try program.tool("git", "checkout", "--quiet", "other")
        try commit("Other")
        let run = try await publish("--rev", "HEAD")
        #expect(run.exitCode == 1 && run.error.contains("is not an ancestor of"), "\(run)")
    }

    @Test func refusesCommitThatThisCloneCannotCompare() async throws {
        try commit("Second")
        _ = try await publish("--rev", "HEAD")
        let clone = try ScratchFolder()
        try program.tool("git", "clone", "--quiet", folder.path, clone.path + "/clone")
        try commit("Third")
        try RosterProgram(folder: clone.path + "/clone").tool("git", "update-ref", "-d", "refs/remotes/origin/main")
        _ = try await publish("--rev", "HEAD")
        var other = program
        other.folder = clone.path + "/clone"
        let run = try await other.run(["publish", destination, "--key", keys.path + "/key.pem", "--rev", "HEAD"])
        #expect(run.exitCode == 1 && run.error.contains("this clone cannot compare"), "\(run)")
    }

    @Test func refusesToRemoveMostProviders() async throws {
        for number in 1...2 {
            let provider = ScratchFolder.provider.replacing("5mLd", with: "5mL\(number)")
            try folder.write("providers/acme/l\(number).yaml", provider.replacing("Local", with: "L\(number)"))
        }
        try program.tool("git", "add", ".")
        try program.tool("git", "commit", "--quiet", "--message", "Three")
        #expect(try await publish("--rev", "HEAD").output.hasPrefix("published 3 providers"))
        try program.tool("git", "rm", "--quiet", "providers/acme/l1.yaml", "providers/acme/l2.yaml")
        try program.tool("git", "commit", "--quiet", "--message", "One")
        let run = try await publish("--rev", "HEAD")
        #expect(run.exitCode == 1 && run.error.contains("has 3 providers, and the new registry has 1"), "\(run)")
        #expect(try await publish("--rev", "HEAD", "--allow-shrink").exitCode == 0)
    }

    /// Also at a destination without a publication: an empty registry is nearly always a mistake of the pipeline.
    @Test func refusesRegistryWithoutProviders() async throws {
        try program.tool("git", "rm", "--quiet", "providers/acme/local.yaml")
        try program.tool("git", "commit", "--quiet", "--message", "Empty")
        let run = try await publish("--rev", "HEAD")
        #expect(run.exitCode == 1 && run.error.contains("the registry has no provider"), "\(run)")
        #expect(!keys.exists("out"))
        #expect(try await publish("--rev", "HEAD", "--allow-shrink").exitCode == 0)
    }

    @Test func publishesToTheOthersWhenOneIsAheadOfTheClock() async throws {
        var context = program.context(output: OutputBuffer(), error: OutputBuffer())
        context.clock = MillisecondClock { MillisecondClock.system.read() + 3_600_000 }
        let ahead = ["publish", destination, "--key", keys.path + "/key.pem", "--rev", "HEAD"]
        #expect(await RosterCommand.run(arguments: ahead, in: context) == 0)
        let other = "dir:\(keys.path)/other"
        let run = try await publish("--rev", "HEAD", "--json", to: [destination, other])
        #expect(run.exitCode == 3 && run.error.contains("nothing was published to \(destination): it has the serial"))
        #expect(try Self.results(run).map { $0["result"] as? String } == ["failed", "published"], "\(run)")
    }

    @Test func refusesFilesThatAreNotCommitted() async throws {
        try folder.write("providers/acme/local.yaml", ScratchFolder.provider + "notes: new\n")
        let run = try await publish()
        #expect(run.exitCode == 1 && !keys.exists("out"), "\(run)")
    }

    @Test func refreshSignsTheSameRegistryAgain() async throws {
        _ = try await publish("--rev", "HEAD")
        let serial = try await serial()
        #expect(try await publish("--rev", "HEAD", "--refresh").exitCode == 0)
        #expect(try await self.serial() > serial)
        _ = try await program.run("compile", "-o", keys.path + "/registry.json")
        let refreshed = try await self.serial()
        let run = try await publish("--registry", keys.path + "/registry.json", "--refresh")
        #expect(run.exitCode == 0, "\(run)")
        #expect(try await self.serial() > refreshed)
    }

    @Test func refreshNeverSignsWhatTheDestinationHas() async throws {
        _ = try await publish("--rev", "HEAD")
        try program.tool("cp", "-r", keys.path + "/out", keys.path + "/old")
        try commit("Second")
        let second = try await publish("--rev", "HEAD")
        #expect(second.exitCode == 0, "\(second)")
        // A program that may write to the destination puts the older publication back.
        try program.tool("rm", "-r", keys.path + "/out")
        try program.tool("mv", keys.path + "/old", keys.path + "/out")
        #expect(try await publish("--rev", "HEAD", "--refresh").exitCode == 0)
        let head = try program.tool("git", "rev-parse", "HEAD").output.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try await show().output.contains(head))
    }

    @Test func triesAllDestinationsAndNamesThoseThatFail() async throws {
        try keys.write("file", "")
        let run = try await publish("--rev", "HEAD", to: ["dir:\(keys.path)/file", destination])
        #expect(run.exitCode == 3 && run.error.contains("dir:\(keys.path)/file: "), "\(run)")
        #expect(run.output.hasPrefix("published 1 provider"))
        #expect(try await show().exitCode == 0)
    }

    @Test func refusesKeyThatOthersCanRead() async throws {
        try program.tool("chmod", "644", keys.path + "/key.pem")
        let run = try await publish("--rev", "HEAD")
        #expect(run.exitCode == 3 && run.error.contains("can be read by other users"), "\(run)")
    }

    @Test(arguments: [
        ["https://user:hunter2@host/a"], ["oci://host/a?token=hunter2"], ["registry.json"], ["http://example.com/a"],
        ["dir:a", "dir:b", "dir:c", "dir:d", "dir:e"], ["dir:a", "--rev", "HEAD", "--registry", "x"],
        ["dir:a", "dir:a"], ["dir:a", "--valid-for", "367d"], ["dir:a", "--valid-for", "soon"],
        ["dir:a", "--channel", "-x"],
    ])
    func refusesWrongUse(arguments: [String]) async throws {
        let run = try await program.run(["publish", "--key", keys.path + "/key.pem"] + arguments)
        #expect(run.exitCode == 64 && !run.error.contains("hunter2"), "\(run)")
    }

    @Test func showRefusesKeyThatIsNotTrusted() async throws {
        _ = try await publish("--rev", "HEAD")
        let other = try await RosterProgram(folder: keys.path).run("key", "generate", "--publishing", "-o", "other.pem")
        try keys.write("trust.pem", other.output)
        let run = try await show()
        #expect(run.exitCode == 1 && run.error.contains("(untrusted-key)\n"), "\(run)")
        #expect(run.error.contains("help: add its key to \(keys.path)/trust.pem if you know it"), "\(run)")
        let missing = try await program.run(
            "publication",
            "show",
            "dir:nothing",
            "--trust",
            keys.path + "/trust.pem"
        )
        #expect(missing.exitCode == 3, "\(missing)")
    }

    @Test func servesEachPublicationAndTheLastOneAfterARestart() async throws {
        _ = try await publish("--rev", "HEAD")
        let arguments = ["--from", destination, "--trust", keys.path + "/trust.pem", "--state", keys.path + "/state"]
        let server = try await RunningServer(folder.path, arguments)
        try await eventually("the publication is served") {
            try await server.request("GET", RunningServer.list).text.contains("Local model")
        }
        try commit("Second")
        _ = try await publish("--rev", "HEAD")
        try await eventually("the next publication is served") {
            try await server.request("GET", RunningServer.list).text.contains("Second")
        }
        let second = try await program.run(["serve", "--port", "0"] + arguments)
        #expect(second.exitCode == 3 && second.error.contains("another server uses the state folder"), "\(second)")
        await server.stop()
        try FileManager.default.removeItem(atPath: keys.path + "/out")
        let restarted = try await RunningServer(folder.path, arguments)
        #expect(try await restarted.request("GET", RunningServer.list).text.contains("Second"))
        await restarted.stop()
    }

    @Test func servesFileWithItsSidecar() async throws {
        _ = try await publish("--rev", "HEAD")
        #expect(try await program.run("compile", "--rev", "HEAD", "-o", keys.path + "/registry.json").exitCode == 0)
        let arguments = ["--registry", keys.path + "/registry.json", "--trust", keys.path + "/trust.pem"]
        let missing = try await program.run(["serve", "--port", "0"] + arguments)
        #expect(missing.exitCode == 3 && missing.error.contains("registry.json.dsse"), "\(missing)")
        // The keys of the environment count as those of the option.
        var trusting = program
        trusting.environment["ROSTER_TRUST"] = arguments[3]
        let unsigned = try await trusting.run("serve", "--port", "0", "--registry", arguments[1])
        #expect(unsigned.exitCode == 3 && unsigned.error.contains("registry.json.dsse"), "\(unsigned)")
        let blobs = keys.path + "/out/blobs/sha256/"
        for name in try FileManager.default.contentsOfDirectory(atPath: blobs)
        where try keys.read("out/blobs/sha256/" + name).hasPrefix(#"{"payload":"#) {
            try FileManager.default.copyItem(atPath: blobs + name, toPath: keys.path + "/registry.json.dsse")
        }
        let server = try await RunningServer(folder.path, arguments)
        try await eventually("the file is served") {
            try await server.request("GET", RunningServer.list).text.contains("Local model")
        }
        await server.stop()
    }

    @Test(arguments: [
        ["--from", "dir:a"], ["--from", "dir:a", "--trust", "t", "--rev", "HEAD"],
        ["--from", "dir:a", "--trust", "t", "--registry", "r"], ["--from", "dir:a", "--trust", "t", "--repo", "."],
        ["--from", "dir:a", "--from", "dir:a", "--trust", "t"], ["--poll", "5s"], ["--channel", "other"],
        ["--registry", "r", "--when-expired", "serve"], ["--trust", "t"], ["--state", "s"],
        ["--from", "dir:a", "--trust", "t", "--poll", "0s"],
        ["--from", "https://u:hunter2@h/", "--trust", "t"], ["--ca", "c"], ["--registry", "r", "--auth-file", "f"],
        ["--registry", "r", "--trust", "t", "--plain-http"],
        ["--registry", "r", "--client-cert", "c", "--client-key", "k"],
    ])
    func refusesWrongUseOfServe(arguments: [String]) async throws {
        let run = try await program.run(["serve", "--port", "0"] + arguments)
        #expect(run.exitCode == 64 && !run.error.contains("hunter2"), "\(run)")
    }
}
