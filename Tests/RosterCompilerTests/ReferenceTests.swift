import Foundation
import RosterFrontend
import Testing

@testable import RosterCompiler

@Suite("Reference")
struct ReferenceTests {
    @Test("The page of rules equals the generated one")
    func rulesPage() throws {
        try Fixtures.expect(
            RuleReference.markdown,
            in: "../../Documentation/Manual.docc/Rules.md"
        )
    }

    @Test("The page of the format has the keys of config that the slugs read")
    func settings() throws {
        let page = "../../Documentation/Manual.docc/Format.md"
        let text = try String(contentsOfFile: Fixtures.folder + page, encoding: .utf8)
        let table = /\| key of `config` .*\n(?:\|.*\n)*/
        try Fixtures.expect(text.replacing(table) { _ in SettingReference.markdown }, in: page)
    }

    @Test("Every rule has a manual with both of its examples")
    func manuals() {
        for rule in RuleCatalogue.all {
            let manual = RuleReference.manual(of: rule)
            #expect(manual.contains("Refused:\n\n    # ") && manual.contains("Fixed:\n\n    # "), "\(rule.name)")
            #expect(manual.split(separator: "\n").allSatisfy { $0.count <= 500 }, "\(rule.name)")
        }
    }
}
