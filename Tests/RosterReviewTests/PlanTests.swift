import RosterBytes
import RosterJSON
import RosterModel
import SealedBoxes
import Testing

@testable import RosterReview

/// The plan of a review, which a reviewer accepts.
@Suite("Plans")
struct PlanTests {
    private static let row = Change(
        kind: .provider,
        action: .changed,
        id: "aip_8QzKx0vT2mWb4NcR",
        handle: "acme/a",
        reasons: [KeyReplaced.reason("the value is another one")],
        fields: [Change.Field(path: "name", before: .string("a"), after: .string("b"))],
        path: "providers/acme/a.yaml",
        line: 2
    )

    private func plan(_ changes: [Change], _ sides: [SideIdentity] = [.commit("1"), .commit("2")]) -> String {
        Plan(changes: changes, sides: sides).digits
    }

    @Test("Rows in any order have the same plan, and each member of a row changes it")
    func rows() {
        var other = Self.row
        other.handle = "acme/b"
        #expect(plan([Self.row, other]) == plan([other, Self.row]))
        #expect(plan([Self.row]) != plan([Self.row, Self.row]))
        var variants = [Self.row]
        for edit: (inout Change) -> Void in [
            { $0.kind = .secret }, { $0.action = .moved }, { $0.id = nil }, { $0.handle = "acme/c" }, { $0.line = 3 },
            { $0.reasons[0].text += "." }, { $0.reasons[0].rule = "other" }, { $0.fields[0].after = .string("c") },
            { $0.fields[0].before = nil }, { $0.fields = [] }, { $0.path = "providers/acme/c.yaml" },
        ] {
            var variant = Self.row
            edit(&variant)
            variants.append(variant)
        }
        #expect(Set(variants.map { plan([$0]) }).count == variants.count)
        // Owners are not part of the plan.
        var owned = Self.row
        owned.owners = ["@acme/security"]
        #expect(plan([owned]) == plan([Self.row]))
    }

    @Test("Each side is part of the plan, and the sides are not interchangeable")
    func sides() {
        let sides: [[SideIdentity]] = [
            [.commit("1"), .commit("2")], [.commit("2"), .commit("1")], [.tree("1"), .commit("2")],
            [.nothing, .commit("2")], [.commit("1"), .commit("2"), .commit("3")], [.commit("1")], [.commit("12")], [],
        ]
        #expect(Set(sides.map { plan([], $0) }).count == sides.count)
    }

    @Test("A plan has 12 lower-case hexadecimal digits")
    func digits() {
        #expect(Plan(digits: plan([Self.row])) != nil)
        for text in ["", "0123456789a", "0123456789abc", "0123456789aB", "0123456789ag", " 123456789ab", "０123456789"] {
            #expect(Plan(digits: text) == nil, "\(text)")
        }
    }

    /// A failure means that rules were added, removed or given another risk: increase `Plan.rulesVersion`, and record
    /// both here.
    @Test("The version of the rules increases with every change of the catalogue")
    func version() {
        let rules = RiskCatalogue.all.map { "\($0.name) \($0.risk.name): \($0.summary)" }.sorted()
        let digest = Digest.sha256(of: Array(rules.joined(separator: "\n").utf8).span).hex.prefix(16)
        #expect((Plan.rulesVersion, String(digest)) == (3, "03f2bfff596edfd7"))
    }

    @Test("Files without a commit are identified by their paths and bytes")
    func files() async throws {
        func identity(_ files: [String: String], _ guarded: [String: String] = [:]) async throws -> SideIdentity {
            .files(try await ExampleReview.tree(files), guarded: guarded)
        }
        let files = TextOnly.example.base
        let path = RiskExample.provider
        var variants = [files]
        for edit: (inout String) -> Void in [{ $0 += "\n" }, { $0 += "# a\n" }, { $0 += "# b\n" }, { $0 = "" }] {
            var variant = files
            edit(&variant[path, default: ""])
            variants.append(variant)
        }
        var moved = files
        moved["providers/acme/other.yaml"] = moved.removeValue(forKey: path)
        variants.append(moved)
        var identities: Set<SideIdentity> = []
        for variant in variants { identities.insert(try await identity(variant)) }
        #expect(identities.count == variants.count)
        #expect(try await identity(files) == identity(files))
        #expect(try await identity(files, [".github/a": "1"]) != identity(files, [".github/a": "2"]))
        #expect(try await identity(files, [".github/a": "1"]) != identity(files))
    }
}
