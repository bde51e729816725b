import Foundation
import RosterTestSupport
import Testing

/// Programs that run in a job with a token are pinned by a digest.
@Suite("The program of the action")
struct ReleasedProgramTests {
    /// A downloadable program that creates a file when it is executed.
    private struct Release {
        let folder: ScratchFolder
        let trace: String

        init() throws {
            folder = try ScratchFolder()
            trace = folder.path + "/was-run"
            try ExecutableFile.write(
                "#!/bin/sh\ntouch '\(trace)'\necho roster 1.0.0\n",
                to: folder.path + "/roster"
            )
            let program = RosterProgram(folder: folder.path)
            try program.tool("sh", "-c", "mkdir -p v/roster-1.0.0 && cp roster v/roster-1.0.0/ && echo x > v/LICENSE")
            try program.tool("tar", "-czf", "roster-1.0.0-linux.tar.gz", "-C", "v", "roster-1.0.0", "LICENSE")
            try program.tool("tar", "-czf", "none.tar.gz", "-C", "v", "LICENSE")
        }

        func digest(_ file: String) throws -> String {
            String(try RosterProgram(folder: folder.path).tool("sha256sum", file).output.prefix(64))
        }

        func url(_ file: String) -> String { "file://" + folder.path + "/" + file }

        /// Runs the script that provides the program, and returns its result and its outputs.
        func provide(
            _ variables: [String: String?],
            action: String = ReviewGate.top
        ) throws -> (run: ProgramRun, outputs: [String: String]) {
            try? FileManager.default.removeItem(atPath: folder.path + "/outputs")
            var program = RosterProgram(folder: folder.path)
            program.environment = ["GITHUB_OUTPUT": folder.path + "/outputs", "RUNNER_TEMP": folder.path]
            program.environment.merge(variables) { $1 }
            let run = try program.start("bash", [action + "/deploy/github/program"])
            let lines = (try? folder.read("outputs"))?.split(separator: "\n") ?? []
            let pairs = lines.compactMap { line -> (String, String)? in
                let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
                return parts.count == 2 ? (parts[0], parts[1]) : nil
            }
            #expect(!folder.exists("was-run"))
            return (run, Dictionary(pairs) { $1 })
        }
    }

    @Test("A download with a matching digest is accepted", arguments: ["roster", "roster-1.0.0-linux.tar.gz"])
    func download(file: String) throws {
        let release = try Release()
        let digest = try release.digest(file)
        for mode in ["check", "review"] {
            let (run, outputs) = try release.provide([
                "ROSTER_MODE": mode, "ROSTER_PROGRAM_URL": release.url(file), "ROSTER_PROGRAM_SHA256": digest,
            ])
            #expect(run.exitCode == 0 && outputs["build"] == nil, "\(run.error)")
            let path = try #require(outputs["program"])
            #expect(try RosterProgram(folder: "/").tool(path).output == "roster 1.0.0\n")
            try FileManager.default.removeItem(atPath: release.trace)
        }
    }

    @Test(
        "A file with a different digest is not executed",
        arguments: ["a flipped bit", "a truncated file", "another file of the same size", "nothing", "two programs"]
    )
    func another(change: String) throws {
        let release = try Release()
        let digest = try release.digest("roster-1.0.0-linux.tar.gz")
        let file = URL(fileURLWithPath: release.folder.path + "/roster-1.0.0-linux.tar.gz")
        var data = try Data(contentsOf: file)
        switch change {
        case "a flipped bit": data[data.count / 2] ^= 1
        case "a truncated file": data.removeLast()
        case "another file of the same size": data = Data(repeating: 0, count: data.count)
        case "nothing": data = Data()
        default: break
        }
        try data.write(to: file)
        var (url, wanted) = (release.url("roster-1.0.0-linux.tar.gz"), digest)
        if change == "two programs" {
            let program = RosterProgram(folder: release.folder.path)
            try program.tool("cp", "-r", "v/roster-1.0.0", "v/second")
            try program.tool("tar", "-czf", "two.tar.gz", "-C", "v", "roster-1.0.0", "second")
            (url, wanted) = (release.url("two.tar.gz"), try release.digest("two.tar.gz"))
        }
        let (run, outputs) = try release.provide([
            "ROSTER_MODE": "review", "ROSTER_PROGRAM_URL": url, "ROSTER_PROGRAM_SHA256": wanted,
        ])
        #expect(run.exitCode == 3 && outputs.isEmpty && run.error.hasPrefix("roster: "), "\(run.error)")
    }

    @Test func rejectsContradictoryInputs() throws {
        let release = try Release()
        let (url, digest) = (release.url("roster"), try release.digest("roster"))
        let wrong: [[String: String?]] = [
            ["ROSTER_PROGRAM_URL": url], ["ROSTER_PROGRAM_SHA256": digest],
            ["ROSTER_PROGRAM_URL": url, "ROSTER_PROGRAM_SHA256": digest.uppercased()],
            ["ROSTER_PROGRAM_URL": url, "ROSTER_PROGRAM_SHA256": String(digest.dropLast())],
            ["ROSTER_PROGRAM_URL": url, "ROSTER_PROGRAM_SHA256": digest + "\n" + digest],
            ["ROSTER_PROGRAM_URL": url, "ROSTER_PROGRAM_SHA256": digest, "ROSTER_PROGRAM": "/bin/true"],
            ["ROSTER_MODE": "review", "ROSTER_BUILD": "true"], ["ROSTER_MODE": "other"],
            ["ROSTER_BUILD": "true", "ROSTER_PROGRAM": "/bin/true"],
        ]
        for variables in wrong {
            let (run, outputs) = try release.provide(variables)
            #expect(run.exitCode == 64 && outputs.isEmpty, "\(variables): \(run.error)")
        }
        let missing = try release.provide([
            "ROSTER_PROGRAM_URL": release.url("none"), "ROSTER_PROGRAM_SHA256": digest,
        ])
        #expect(missing.run.exitCode == 3 && missing.outputs.isEmpty)
        let empty = try release.provide([
            "ROSTER_PROGRAM_URL": release.url("none.tar.gz"),
            "ROSTER_PROGRAM_SHA256": try release.digest("none.tar.gz"),
        ])
        #expect(empty.run.exitCode == 3 && empty.outputs.isEmpty)
    }

    @Test func verifiesDigestOfInstalledProgram() throws {
        let release = try Release()
        let path = release.folder.path + "/roster"
        #expect(try release.provide(["ROSTER_PROGRAM": path]).outputs == ["program": path])
        let digest = try release.digest("roster")
        let held = try release.provide(["ROSTER_PROGRAM": path, "ROSTER_PROGRAM_SHA256": digest])
        #expect(held.outputs == ["program": path])
        let other = try release.provide([
            "ROSTER_PROGRAM": path, "ROSTER_PROGRAM_SHA256": String(repeating: "0", count: 64),
        ])
        #expect(other.run.exitCode == 3 && other.outputs.isEmpty)
        #expect(try release.provide(["ROSTER_PROGRAM": path + "x"]).run.exitCode == 3)
        // Only check mode builds the program.
        let build = try release.provide(["ROSTER_BUILD": "true"])
        #expect(build.outputs == ["build": "true", "program": ReviewGate.top + "/.build/release/roster"])
    }

    @Test func resolvesReleaseFromActionCommit() throws {
        let release = try Release()
        let program = RosterProgram(folder: release.folder.path)
        let machine = try program.tool("uname", "-m").output.trimmingCharacters(in: .whitespacesAndNewlines)
        let file = "roster-1.0.0-linux-\(machine).tar.gz"
        try program.tool("sh", "-c", "mkdir -p releases/v1.0.0 action/deploy")
        try program.tool("cp", "roster-1.0.0-linux.tar.gz", "releases/v1.0.0/" + file)
        try program.tool("cp", "-r", ReviewGate.top + "/deploy/github", "action/deploy/github")
        let action = release.folder.path + "/action"
        let base: [String: String?] = ["ROSTER_MODE": "review", "ROSTER_BASE_URL": release.url("releases")]
        // The committed list has no lines before the first release.
        let none = try release.provide(base, action: action)
        #expect(none.run.exitCode == 3 && none.run.error.contains("names no released program"))
        let digest = try release.digest("roster-1.0.0-linux.tar.gz")
        let list = "# comment\n\(digest)  roster-1.0.0-linux-other.tar.gz\n\(digest)  \(file)\n"
        try release.folder.write("action/deploy/github/SHA256SUMS", list)
        let found = try release.provide(base, action: action)
        #expect(found.run.exitCode == 0 && found.outputs["program"]?.hasSuffix("/roster") == true, "\(found.run.error)")
        try release.folder.write(
            "action/deploy/github/SHA256SUMS",
            String(repeating: "0", count: 64) + "  \(file)\n"
        )
        #expect(try release.provide(base, action: action).run.exitCode == 3)
    }

    // MARK: Files of the project

    @Test func pinsBaseImagesByDigest() throws {
        let text = try String(contentsOfFile: ReviewGate.top + "/deploy/Dockerfile", encoding: .utf8)
        let images = text.split(separator: "\n").filter { $0.hasPrefix("FROM ") }
        #expect(images.count == 2)
        for image in images { #expect(image.contains(#/^FROM \w+@sha256:\$\{\w+_SHA256\}/#), "\(image)") }
        // The digests have no default.
        for line in text.split(separator: "\n") where line.hasPrefix("ARG ") { #expect(!line.contains("=")) }
        #expect(text.contains("scripts/release --program-only --locked"))
    }

    @Test func buildsOnlyInCheckMode() throws {
        let text = try String(contentsOfFile: ReviewGate.top + "/action.yml", encoding: .utf8)
        let steps = text.components(separatedBy: "    - name: ").dropFirst()
        let building = steps.filter { $0.contains("swift build") || $0.contains("scripts/install") }
        #expect(building.count == 1)
        #expect(building.first?.contains("if: inputs.mode == 'check' && ") == true)
        // Inputs and the event are passed to scripts only by environment variables.
        for step in steps {
            let run = try #require(step.components(separatedBy: "run: ").last)
            #expect(!run.contains("${{"))
        }
    }

    @Test("Every copy of the review workflow is identical")
    func workflows() async throws {
        let (written, home) = (try ScratchFolder(), try ScratchFolder())
        var program = RosterProgram(folder: written.path)
        program.environment["XDG_CONFIG_HOME"] = home.path
        let action = "acme/roster@" + String(repeating: "ab", count: 20)
        #expect(try await program.run("init", "--action", action).exitCode == 0)
        let python = """
            import json, re, sys, yaml
            def shape(text):
                flow = yaml.safe_load(text)
                jobs = {}
                for name, job in flow["jobs"].items():
                    jobs[name] = {
                        "if": job["if"], "name": job.get("name"), "permissions": job["permissions"], "concurrency": job["concurrency"],
                        "checkout": [step for step in job["steps"] if "ref" in step["with"]],
                        "with": {name: value for step in job["steps"] if "mode" in step["with"]
                                 for name, value in step["with"].items() if not name.startswith("program")},
                    }
                return {"on": flow[True], "permissions": flow["permissions"], "jobs": jobs}
            texts = [open(path).read() for path in sys.argv[1:3]]
            for page in sys.argv[3:]:
                for block in re.findall(r"^```yaml\\n(.*?)^```", open(page).read(), re.M | re.S):
                    if "pull_request_target" in block:
                        texts.append(block)
            print(json.dumps([shape(text) for text in texts], sort_keys=True))
            """
        let docs = try RosterProgram(folder: ReviewGate.top).tool(
            "sh",
            "-c",
            "ls Documentation/Manual.docc/*.md Sources/*/Documentation.docc/*.md README.md"
        ).output.split(separator: "\n").map(String.init)
        let run = try RosterProgram(folder: ReviewGate.top).tool(
            ["python3", "-c", python, ".github/workflows/review.yaml", written.path + "/.github/workflows/review.yaml"]
                + docs
        )
        let shapes = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [NSDictionary])
        #expect(shapes.count >= 3)
        for shape in shapes { #expect(shape == shapes[0]) }
        let trigger = try #require((shapes[0]["on"] as? NSDictionary)?["pull_request_target"] as? NSDictionary)
        #expect(trigger["types"] as? [String] == ["opened", "reopened", "synchronize", "edited"])
        // A skipped job counts as passed: no run on a comment or edited title may have the name of the required check.
        let jobs = try #require(shapes[0]["jobs"] as? [String: NSDictionary])
        let condition = try #require(jobs["review"]?["if"] as? String)
        #expect(condition.hasPrefix("github.event_name == 'pull_request_target' && "))
        #expect(jobs["review"]?["name"] as? String == "${{ \(condition) && 'review' || 'no review' }}")
        let comments = try #require((shapes[0]["on"] as? NSDictionary)?["issue_comment"] as? NSDictionary)
        #expect(comments["types"] as? [String] == ["created"])
    }
}
