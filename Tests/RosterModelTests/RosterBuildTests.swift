import RosterModel
import Testing

@Suite("The build of the program")
struct RosterBuildTests {
    @Test func textBeginsWithVersion() {
        let platform = RosterBuild.platform
        #expect(RosterBuild(version: "1.2.3").text == "1.2.3 (development build \(platform))")
        let release = RosterBuild(version: "1.2.3", commit: "0a1b", date: "2026-11-29")
        #expect(release.text == "1.2.3 (commit 0a1b, build 2026-11-29 \(platform))")
        #expect(RosterBuild.current.text.hasPrefix(RosterVersion.text + " ("))
    }

    @Test func actionIsPinnedByFullCommit() throws {
        let commit = String(repeating: "0A", count: 20)
        let action = try #require(PinnedAction("acme/roster@" + commit, version: "1.2.3"))
        #expect(action.repository == "acme/roster" && action.commit == commit.lowercased())
        #expect(action.use == "acme/roster@\(commit.lowercased()) # v1.2.3")
        #expect(PinnedAction("acme/roster@" + String(repeating: "0", count: 64))?.use.contains("#") == false)
        for text in [
            "", "acme/roster", "acme/roster@v1", "acme/roster@" + commit + "0", "acme@" + commit, "/roster@" + commit,
            "acme/../x@" + commit, "acme/..@" + commit, "acme/-x@" + commit, "a b/roster@" + commit,
            "acme/roster@" + commit + "@" + commit, "acme/roster@" + String(repeating: "g", count: 40),
        ] { #expect(PinnedAction(text) == nil, "\(text)") }
    }
}
