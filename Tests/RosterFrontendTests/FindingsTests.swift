import RosterFrontend
import RosterModel
import Testing

@Suite("Findings")
struct FindingsTests {
    @Test("Groups findings by their files, in order, and leaves out those at paths")
    func groupsByFile() {
        var findings = Findings()
        for (file, message) in [(2, "a"), (7, "b"), (2, "c")] {
            findings.report(InvalidID.self, at: .file(file, nil), message)
        }
        findings.report(InvalidID.self, at: .path("README.md"), "d")
        let groups = findings.byFile
        #expect(groups.keys.sorted() == [2, 7])
        #expect(groups[2]?.all.map(\.message) == ["a", "c"] && groups[7]?.all.map(\.message) == ["b"])
        #expect(Findings().byFile.isEmpty)
    }
}
