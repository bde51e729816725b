import Foundation
import RosterTestSupport
import Testing

/// A comment that accepts a plan triggers the review again.
@Suite("The rerun of a review after a comment")
struct RerunTests {
    @Test func rerunsReviewOnlyForAcceptance() throws {
        let peer = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "rerun_peer.py").path
        let run = try RosterProgram(folder: "/").tool("python3", peer, ReviewGate.top + "/deploy/github/rerun.py")
        let results = try JSONDecoder().decode([String: [String: ReviewGate.Attempt]].self, from: Data(run.output.utf8))
        let exits = ["again": 0, "nothing": 0, "failed": 3, "misused": 64]
        for (kind, attempts) in results {
            #expect(!attempts.isEmpty)
            for (name, attempt) in attempts {
                #expect(attempt.exit == Int32(exits[kind] ?? -1), "\(name): \(attempt)")
                let posts = attempt.requests.filter { $0.hasPrefix("POST ") }
                #expect(
                    posts == (kind == "again" ? ["POST /repos/acme/registry/actions/runs/72/rerun"] : [])
                        || name == "too old"
                )
            }
        }
        #expect(Set(results.keys) == Set(exits.keys))
    }
}
