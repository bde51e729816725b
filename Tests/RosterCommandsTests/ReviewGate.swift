import Foundation
import RosterTestSupport
import Testing

@testable import RosterReview

/// The repository of a host with a pull request, and a clone of the base in which the review script runs.
struct ReviewGate {
    /// The root folder of this project.
    static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"

    let target: ReviewRepository
    /// The folder that contains the clone as `base`.
    let clone: ScratchFolder
    /// The program that the script calls.
    let relay: ProgramRelay
    let base: String
    let head: String

    /// Creates pull request 7 from a head, with the merge commit that a host computes.
    init(_ files: [String: String], base baseFiles: [String: String] = KeyDestinationChanged.example.base) throws {
        target = try ReviewRepository()
        relay = try ProgramRelay()
        base = try target.commit(baseFiles, "base")
        try target.program.tool("git", "checkout", "--quiet", "-b", "head")
        head = try target.commit(files, "from a fork")
        try target.program.tool("git", "checkout", "--quiet", "main")
        clone = try ScratchFolder()
        try setMerge(try merge(of: [base, head]))
        try target.program.tool("git", "branch", "--quiet", "-D", "head")
        try target.program.tool("git", "clone", "--quiet", "file://" + target.folder.path, clone.path + "/base")
    }

    /// Creates a commit with the tree of one commit and some parents.
    func merge(of parents: [String], treeOf commit: String? = nil) throws -> String {
        let tree = (commit ?? parents.last ?? base) + "^{tree}"
        return try output(["git", "commit-tree", tree, "-m", "merge"] + parents.flatMap { ["-p", $0] })
    }

    /// Points the pull request's merge at an object; nil removes it.
    func setMerge(_ object: String?) throws {
        let ref = "refs/pull/7/merge"
        try target.program.tool(["git", "update-ref"] + (object.map { [ref, $0] } ?? ["-d", ref]))
    }

    /// Runs a tool in the host's repository.
    func output(_ arguments: [String]) throws -> String {
        try target.program.tool(arguments).output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Runs a tool in the clone of the base.
    @discardableResult
    func inBase(_ arguments: String...) throws -> String {
        try RosterProgram(folder: clone.path + "/base").tool(arguments).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Commits to the base's branch on the host, and pulls that into the clone.
    func moveBase(_ files: [String: String]) throws {
        try target.commit(files, "the base moves")
        try inBase("git", "pull", "--quiet")
    }

    struct Outcome: Decodable {
        struct Run: Decodable {
            var exit: Int32
            var output: String
            var error: String
        }
        struct Comment: Decodable {
            struct User: Decodable {
                var login: String
            }
            var id: Int
            var user: User
            var body: String
        }
        var runs: [Run]
        var comments: [Comment]
        var requests: [[String?]]

        /// The comment that the script keeps up to date.
        var own: Comment? { comments.first { $0.body.hasPrefix("<!-- roster-diff -->\n") && $0.id != 1 } }
    }

    /// The result of a script for one state of the API.
    struct Attempt: Decodable {
        var exit: Int32
        var output: String
        var error: String
        var requests: [String]
    }

    /// Runs the review script with a fake API; `variables` are added to those of the event.
    func review(
        _ variables: [String: String?] = [:],
        number: String = "7",
        rounds: Int = 1,
        scenario: String = "{}"
    ) async throws -> Outcome {
        var program = RosterProgram(folder: clone.path)
        program.environment = [
            "ROSTER": relay.path, "ROSTER_HEAD_COMMIT": head, "ROSTER_MERGE_WAIT": "0",
            "PEER_SCENARIO": scenario,
        ]
        program.environment.merge(variables) { $1 }
        let peer = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "github_peer.py").path
        let script = Self.top + "/deploy/github/review"
        let base = clone.path + "/base"
        let run = try await program.toolInBackground("python3", peer, script, base, number, String(rounds))
        return try JSONDecoder().decode(Outcome.self, from: Data(run.output.utf8))
    }
}
