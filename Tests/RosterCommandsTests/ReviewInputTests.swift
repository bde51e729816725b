import Foundation
import RosterTestSupport
import Testing

@testable import RosterReview

/// The inputs of the review script: the folder of the registry, and the risk from which it comments.
@Suite("Inputs of the review")
struct ReviewInputTests {
    /// Returns the files below a folder.
    private static func below(_ folder: String, _ files: [String: String]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: files.map { (folder + "/" + $0, $1) })
    }

    private static let example = KeyDestinationChanged.example

    @Test("The registry can be in a folder", arguments: ["infra/registry", "infra/registry/", "infra/registry//"])
    func folder(folder: String) async throws {
        let gate = try ReviewGate(
            Self.below("infra/registry", Self.example.head),
            base: Self.below("infra/registry", Self.example.base)
        )
        let outcome = try await gate.review(["ROSTER_FOLDER": folder])
        #expect(outcome.runs.map(\.exit) == [1], "\(outcome.runs)")
        #expect(outcome.runs[0].output.contains("infra/registry/providers/acme/gpt-4o.yaml"))
        #expect(outcome.own?.body.contains("acme/openai-prod") == true)
        // Without the folder, the script finds no registry.
        #expect(try await gate.review().runs.map(\.exit) == [3])
    }

    @Test func reviewsAddedAndDeletedFolder() async throws {
        let other = ["README.md": "text\n"]
        let files = Self.below("registry", Self.example.base).merging(other) { $1 }
        let added = try ReviewGate(files, base: other)
        let outcome = try await added.review(["ROSTER_FOLDER": "registry", "ROSTER_FAIL_ON": "low"])
        #expect(outcome.runs.map(\.exit) == [1], "\(outcome.runs)")
        #expect(outcome.runs[0].output.contains("acme/gpt-4o"))
        #expect(!added.clone.exists("base/registry"))
        let deleted = try ReviewGate(other, base: files)
        #expect(try await deleted.review(["ROSTER_FOLDER": "registry"]).runs.map(\.exit) == [1])
    }

    @Test func rejectsFolderOutsideRepository() async throws {
        var base = Self.below("infra/registry", Self.example.base)
        base["roster.yaml"] = "roster: 1\n"
        let gate = try ReviewGate(Self.below("infra/registry", Self.example.head), base: base)
        try gate.inBase("ln", "-s", "infra/registry", "link")
        var program = RosterProgram(folder: gate.clone.path + "/base")
        let folders = [
            "/etc", "../registry", "infra/../..", "infra/..", "-C", "--repo=x", "infra//registry",
            "infra/./registry", ".git", "infra/.GIT/x", "missing", "roster.yaml", "a\nb", "a\\b", "link",
        ]
        for folder in folders {
            let run = try await gate.review(["ROSTER_FOLDER": folder]).runs[0]
            #expect(run.exit == 64 && run.error.contains("ROSTER_FOLDER"), "\(folder): \(run)")
            program.environment = ["ROSTER": gate.relay.path, "ROSTER_FOLDER": folder]
            let check = try await program.startInBackground("bash", [ReviewGate.top + "/deploy/github/check"])
            #expect(check.exitCode == (folder == "link" ? 3 : 64), "\(folder): \(check)")
            #expect(check.error.contains("ROSTER_FOLDER"))
        }
    }

    @Test func checkPrintsPathsRelativeToTopLevel() async throws {
        let gate = try ReviewGate(
            [:],
            base: Self.below("infra/registry", Self.example.base)
                .merging(["infra/registry/providers/acme/x.yaml": "provider: olama\n"]) { $1 }
        )
        var program = RosterProgram(folder: gate.clone.path + "/base")
        program.environment = [
            "ROSTER": gate.relay.path, "ROSTER_FOLDER": "infra/registry", "ROSTER_SARIF": "out.sarif",
        ]
        let check = try await program.startInBackground("bash", [ReviewGate.top + "/deploy/github/check"])
        #expect(check.exitCode == 1 && check.output.contains("file=infra/registry/providers/acme/x.yaml"), "\(check)")
        #expect(try gate.clone.read("base/out.sarif").contains("\"infra/registry/providers/acme/x.yaml\""))
    }

    @Test func createsCommentAtThresholdAndAlwaysUpdatesIt() async throws {
        let medium = try ReviewGate(DefaultModelChanged.example.head)
        func posts(_ gate: ReviewGate, _ at: String?) async throws -> Int {
            let outcome = try await gate.review(["ROSTER_COMMENT_AT": at])
            #expect(outcome.runs.map(\.exit) == [0], "\(outcome.runs)")
            return outcome.requests.filter { $0[0] == "POST" }.count
        }
        #expect(try await posts(medium, nil) == 1)
        #expect(try await posts(medium, "low") == 1)
        #expect(try await posts(medium, "medium") == 1)
        #expect(try await posts(medium, "high") == 0)
        #expect(try await posts(medium, "critical") == 0)
        // Without changes no comment is created, but an existing comment is updated.
        let same = try ReviewGate(Self.example.base)
        #expect(try await posts(same, nil) == 0)
        let old = """
            {"comments": [{"id": 500, "user": {"login": "github-actions[bot]"}, "body": "<!-- roster-diff -->\\r\\nold"}]}
            """
        let updated = try await same.review(["ROSTER_COMMENT_AT": "critical"], scenario: old)
        #expect(updated.runs.map(\.exit) == [0] && updated.own?.id == 500)
        #expect(updated.own?.body.contains("old") == false, "\(updated)")
        // An unreadable record is a high-risk change.
        var head = Self.example.base
        head["providers/acme/Bad Name.yaml"] = "x\n"
        let broken = try await ReviewGate(head).review(["ROSTER_COMMENT_AT": "high"])
        #expect(broken.requests.contains { $0[0] == "POST" }, "\(broken)")
        for wrong in ["none", "LOW", "3", "low,high"] {
            let run = try await medium.review(["ROSTER_COMMENT_AT": wrong]).runs[0]
            #expect(run.exit == 64 && run.error.contains("ROSTER_COMMENT_AT"))
        }
    }
}
