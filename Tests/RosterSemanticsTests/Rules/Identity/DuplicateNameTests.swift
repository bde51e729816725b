import RosterDiagnostics
import RosterFrontend
import RosterTestSupport
import Testing

@testable import RosterSemantics

@Suite("duplicate-name")
struct DuplicateNameTests {
    @Test func reportsALaterProviderOfTheProject() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(),
            "providers/acme/a.yaml": Sample.provider(1, name: "Same"),
            "providers/acme/a-b.yaml": Sample.provider(2, name: "Same"),
            "providers/acme/c.yaml": Sample.provider(3, name: "Other"),
        ])
        let finding = try test.finding(of: DuplicateName.self)
        // The handle `a` precedes `a-b`.
        #expect(test.place(finding.place) == "providers/acme/a-b.yaml:2: Same")
        #expect(finding.message == "another provider of this project is named \"Same\" too")
        #expect(finding.related.map { test.place($0.place) } == ["providers/acme/a.yaml:2: Same"])
        #expect(finding.severity == .warning)
        #expect(test.findings.count == 1)
    }

    @Test func relatesEachProviderToTheFirst() async throws {
        let texts = ["a", "b", "c"].enumerated().map { number, handle in
            ("providers/acme/\(handle).yaml", Sample.provider(number, name: "Same"))
        }
        let test = try await TestRepository(
            Dictionary(uniqueKeysWithValues: texts + [("roster.yaml", Sample.roster())])
        )
        #expect(test.places(of: DuplicateName.self) == ["b", "c"].map { "providers/acme/\($0).yaml:2: Same" })
        let related = test.findings(of: DuplicateName.self).flatMap(\.related).map { test.place($0.place) }
        #expect(related == ["providers/acme/a.yaml:2: Same", "providers/acme/a.yaml:2: Same"])
    }

    @Test(arguments: [("Same", "same"), ("Same", "Same 2")])
    func acceptsDifferentNames(_ one: String, _ other: String) async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(),
            "providers/acme/a.yaml": Sample.provider(1, name: one),
            "providers/acme/b.yaml": Sample.provider(2, name: other),
        ])
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    @Test func acceptsTheSameNameInAnotherProject() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(["acme", "beta"]),
            "providers/acme/a.yaml": Sample.provider(1, name: "Same"),
            "providers/beta/a.yaml": Sample.provider(2, name: "Same"),
        ])
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    @Test("Random names are reported as often as they repeat in their project")
    func reportsRandomNames() async throws {
        var random = SeededGenerator()
        for _ in 0..<4 {
            var texts = ["roster.yaml": Sample.roster(["acme", "beta", "gamma"])]
            var expected: Set<String> = []
            var number = 0
            for project in ["acme", "beta", "gamma"] {
                var used: Set<String> = []
                for handle in ["a", "b", "c", "d"] {
                    number += 1
                    let name = ["One", "Two", "Three"].randomElement(using: &random) ?? ""
                    let path = "providers/\(project)/\(handle).yaml"
                    texts[path] = Sample.provider(number, name: name)
                    if !used.insert(name).inserted { expected.insert("\(path):2: \(name)") }
                }
            }
            let places = try await TestRepository(texts).places(of: DuplicateName.self)
            #expect(Set(places) == expected)
            #expect(places.count == expected.count)
        }
    }
}
