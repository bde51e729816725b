import Foundation
import RosterTestSupport
import Testing

@Suite("roster serve: under load", .tags(.startsProgram))
struct ServeLoadTests {
    @Test("Every response is of one published registry, during swaps and shutdown")
    func swaps() throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "scripts/load-test").path
        let run = try BuiltProgram(folder: "/").tool(
            [script, "--roster", BuiltProgram.path, "--requests", "20000", "--swaps", "30", "--deadline", "120"]
        )
        let counts = try #require(run.output.firstMatch(of: /^(\d+) answers across (\d+) swaps/), "\(run)")
        #expect((Int(counts.1) ?? 0) >= 20_000 && counts.2 == "30")
        #expect(run.output.contains("none wrong; 31 registries were seen"), "\(run.output)")
    }
}
