import Testing

@testable import RosterReview

@Suite("Risk rules")
struct RiskExampleTests {
    static let names = RiskCatalogue.all.map { $0.name }

    @Test("Every name is unique, and every group of the catalogue is sorted by risk")
    func catalogue() {
        #expect(Self.names.count == 50)
        #expect(Set(Self.names).count == Self.names.count)
        #expect(Set(RiskCatalogue.all.map { $0.risk }) == Set(Risk.allCases))
    }

    /// The id that the example of `secret-returned` restores.
    private static let returned: Set<String> = ["sec_Rt5Yh8Wn3Kd6Pq1Z"]

    @Test("A rule reports its own example, and no reason there is more severe", arguments: names)
    func example(name: String) async throws {
        let rule = try #require(RiskCatalogue.rule(named: name))
        let isReturn = name == SecretReturned.name
        let changes = try await ExampleReview.changes(
            rule.example.base,
            rule.example.head,
            returned: isReturn ? Self.returned : []
        )
        #expect(ExampleReview.rules(changes).contains(name), "\(ExampleReview.rules(changes))")
        let reason = changes.flatMap(\.reasons).first { $0.rule == name }
        #expect(reason?.risk == rule.risk)
        for change in changes where change.reasons.contains(where: { $0.rule == name }) {
            #expect(change.risk >= rule.risk)
            #expect(change.line != nil || change.action == .deleted || change.path == "providers")
        }
    }

    @Test("An unresolved link differs from one that leads to a secret")
    func unresolvedLink() async throws {
        var head = SecretLinkChanged.example.base
        head["secrets/acme/openai-prod.yaml"] = nil
        let changes = try await ExampleReview.changes(SecretLinkChanged.example.base, head)
        let reason = changes.flatMap(\.reasons).first { $0.rule == SecretLinkChanged.name }
        #expect(reason?.text == "it uses acme/openai-prod (unresolved) instead of acme/openai-prod")
    }

    @Test("Equal states have no rows", arguments: names.filter { $0 != RosterRemoved.name })
    func same(name: String) async throws {
        let rule = try #require(RiskCatalogue.rule(named: name))
        // Values that cannot be compared are never treated as equal.
        let rows = try await ExampleReview.changes(rule.example.head, rule.example.head)
        #expect(rows.allSatisfy { $0.reasons.map(\.rule) == [SearchIncomplete.name] })
        #expect(rows.isEmpty == (name != SearchIncomplete.name))
    }

    @Test("Both directions mirror each other", arguments: names)
    func mirror(name: String) async throws {
        let example = try #require(RiskCatalogue.rule(named: name)).example
        let there = try await ExampleReview.changes(example.base, example.head)
        let back = try await ExampleReview.changes(example.head, example.base)
        // A rule about the share of providers has a different share in the opposite direction.
        func rows(_ changes: [Change]) -> [Change] {
            changes.filter { change in
                // A new `roster.yaml` has no row in addition to those of its records.
                !change.reasons.contains { [ManyProvidersChanged.name, RosterRemoved.name].contains($0.rule) }
            }
        }
        let mirrored: [Change.Action: Change.Action] = [.added: .deleted, .deleted: .added]
        func keys(_ changes: [Change], isMirrored: Bool) -> Set<String> {
            Set(
                rows(changes).map { change in
                    let action = isMirrored ? mirrored[change.action] ?? change.action : change.action
                    let fields = change.fields.map { field in
                        let values = isMirrored ? (field.after, field.before) : (field.before, field.after)
                        return "\(field.path): \(ReviewWords.value(values.0)) > \(ReviewWords.value(values.1))"
                    }
                    // A project with a new id or handle is identified by it.
                    let id = change.kind == .project ? nil : change.id
                    return "\(change.kind) \(action) \(id ?? "-") \(fields.sorted())"
                }
            )
        }
        #expect(keys(there, isMirrored: false) == keys(back, isMirrored: true))
    }

    @Test("Manuals are sentences")
    func manuals() {
        for rule in RiskCatalogue.all {
            #expect(!rule.summary.hasSuffix("."), "\(rule.name)")
            #expect(rule.explanation.hasSuffix("."), "\(rule.name)")
            #expect(!rule.example.lines.isEmpty, "\(rule.name)")
        }
    }
}

@Suite("Reference of the risks")
struct RiskReferenceTests {
    @Test("The page of risks matches the rules")
    func page() throws {
        try ReviewFixtures.expect(
            RiskReference.markdown,
            in: "Documentation/Manual.docc/Risks.md"
        )
    }

    @Test("Every rule has a manual")
    func manuals() {
        for rule in RiskCatalogue.all {
            let manual = RiskReference.manual(of: rule)
            #expect(manual.contains("For example:\n\n    # "), "\(rule.name)")
            #expect(manual.split(separator: "\n").allSatisfy { $0.count <= 120 }, "\(rule.name)")
        }
    }
}
