import Foundation
import Testing

@testable import RosterCompiler

@Suite("Reference")
struct ReferenceTests {
    @Test("The page of rules is what the rules say")
    func rulesPage() throws {
        try Fixtures.expect(
            RuleReference.markdown,
            in: "../../Sources/RosterCompiler/Documentation.docc/Rules.md"
        )
    }

    @Test("Every rule has a manual with both of its examples")
    func manuals() {
        for rule in RuleCatalogue.all {
            let manual = RuleReference.manual(of: rule)
            #expect(manual.contains("Refused:\n\n    # ") && manual.contains("Mended:\n\n    # "), "\(rule.name)")
            #expect(manual.split(separator: "\n").allSatisfy { $0.count <= 500 }, "\(rule.name)")
        }
    }
}
