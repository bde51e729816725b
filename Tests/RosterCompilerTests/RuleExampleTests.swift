import RosterBackend
import RosterDiagnostics
import RosterFrontend
import RosterModel
import Testing

@testable import RosterCompiler

@Suite("Rule examples")
struct RuleExampleTests {
    @Test("Every name of the catalogue has a rule, and names are unique")
    func catalogue() {
        let names = RuleCatalogue.all.map { $0.name }
        #expect(names.count == 62)
        #expect(Set(names).count == names.count)
    }

    @Test("Only its rule reports the failing example, and only once", arguments: RuleCatalogue.all.map { $0.name })
    func failing(name: String) async throws {
        let rule = try #require(RuleCatalogue.rule(named: name))
        let found = try await diagnostics(of: rule.failing)
        #expect(found.map(\.rule) == [name], "\(found)")
        if !["unexpected-file", "invalid-allowed-host"].contains(name) {
            #expect(found.first?.severity == rule.severity)
        }
    }

    @Test("The passing example has no diagnostics", arguments: RuleCatalogue.all.map { $0.name })
    func passing(name: String) async throws {
        let rule = try #require(RuleCatalogue.rule(named: name))
        let found = try await diagnostics(of: rule.passing)
        #expect(found.isEmpty, "\(found)")
    }

    private func diagnostics(of example: RuleExample) async throws -> [Diagnostic] {
        let today = try #require(CalendarDate("2026-11-24"))
        let compiler = Compiler(Compiler.Options(today: today))
        let tree = CountingTree(example.tree)
        let found = try await compiler.analyze(tree).diagnostics
        #expect(tree.mostReads <= 1)
        // Neither the diagnostics nor their places depend on what is retained, and no file is read twice for them.
        let diagnosed = CountingTree(example.tree)
        #expect(try await compiler.diagnose(diagnosed).diagnostics == found)
        #expect(diagnosed.mostReads <= 1)
        let emitted = CountingTree(example.tree)
        var sink = MemorySink()
        #expect(try await compiler.emit(emitted, to: &sink).diagnosis.diagnostics == found)
        #expect(emitted.mostReads <= 1)
        return found
    }
}
