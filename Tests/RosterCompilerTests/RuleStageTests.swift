import Testing

@testable import RosterCompiler
@testable import RosterFrontend
@testable import RosterSemantics

@Suite("The stages of the rules")
struct RuleStageTests {
    private static var stages: [any Rule.Type] {
        ListingRules.all + TextRules.all + SyntaxRules.all + ShapeRules.all + ProviderRules.all + LinkRules.all
            + RepositoryRules.all + [UnusedSuppression.self]
    }

    @Test("Each rule of the catalogue is in the list of exactly one stage")
    func completeness() {
        let names = Self.stages.map { $0.name }
        #expect(names.count == 62)
        #expect(Set(names).count == names.count)
        #expect(Set(names) == Set(RuleCatalogue.all.map { $0.name }))
    }
}
