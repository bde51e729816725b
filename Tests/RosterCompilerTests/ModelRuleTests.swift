import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterSources
import Testing

@testable import RosterCompiler

/// The rules about models, over whole repositories.
@Suite("Models that providers retire")
struct ModelRuleTests {
    private static let path = "providers/acme/gpt-4o.yaml"

    private static func check(
        _ model: String = "gpt-next",
        lines: String = "",
        models: String? = nil,
        roster: String = "",
        on today: String = "2026-11-24"
    ) async throws -> [Diagnostic] {
        var files = Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) })
        files[path] = RuleExample.provider.replacing("defaultModel: gpt-5.6", with: "defaultModel: \(model)\(lines)")
        files["roster.yaml"]? += roster
        files["models.json"] = models
        let tree = MemoryTree(files.map { ($0.key, Array($0.value.utf8)) })
        let options = Compiler.Options(today: try #require(CalendarDate(today)))
        let found = try await Compiler(options).analyze(tree).diagnostics
        #expect(try await Compiler(options).diagnose(tree).diagnostics == found)
        return found
    }

    @Test(
        "A model is reported from 90 days before its retirement, and as retired from that day on",
        arguments: [
            ("2026-09-01", nil), ("2026-10-01", nil), ("2026-10-02", "model-retiring"),
            ("2026-12-30", "model-retiring"),
            ("2026-12-31", "model-retired"), ("2027-06-01", "model-retired"),
        ] as [(String, String?)]
    )
    func comparesWithTheDay(_ today: String, _ rule: String?) async throws {
        let models = RuleExample.models(built: "2026-09-01", retires: "2026-12-31")
        let found = try await Self.check(models: models, on: today).filter { $0.rule != "catalogue-stale" }
        #expect(found.map(\.rule) == [rule].compactMap(\.self))
        guard let first = found.first else { return }
        #expect(first.place.path == Self.path && first.place.span?.line == 4 && first.place.span?.column == 15)
        #expect(first.help == "use gpt-5.6; source: our own tests (seen 2026-11-20)")
    }

    @Test(
        "warnWithin changes the number of days",
        arguments: [
            ("30d", "2026-11-30", nil), ("30d", "2026-12-01", "model-retiring"), ("0d", "2026-12-30", nil),
            ("0d", "2026-12-31", "model-retired"), ("365d", "2026-01-05", "model-retiring"),
        ] as [(String, String, String?)]
    )
    func respectsTheDays(_ days: String, _ today: String, _ rule: String?) async throws {
        let models = RuleExample.models(built: "2026-12-31", retires: "2026-12-31")
        let roster = "models: {warnWithin: \(days)}\n"
        let found = try await Self.check(models: models, roster: roster, on: today)
        #expect(found.map(\.rule) == [rule].compactMap(\.self), "\(found)")
    }

    @Test(
        "Other values of warnWithin are errors",
        arguments: ["30", "\"30\"", "1w", "-1d", "99999d", "d", "30 d", "3651d"]
    )
    func refusesOtherDays(_ value: String) async throws {
        let found = try await Self.check("gpt-5.6", roster: "models: {warnWithin: \(value)}\n")
        #expect(found.count == 1 && ["invalid-value", "wrong-type"].contains(found.first?.rule), "\(found)")
    }

    @Test func namesTheSuccessorsAndTheSourceOfTheCatalogueInside() async throws {
        let found = try await Self.check("gpt-4-0613")
        #expect(found.map(\.message) == ["OpenAI retired \"gpt-4-0613\" on 2026-10-23"])
        let help = try #require(found.first?.help)
        #expect(help.hasPrefix("use gpt-5.6-sol; source: litellm (https://developers.openai.com/"), "\(help)")
    }

    @Test func canBeSuppressed() async throws {
        let comment = "  # roster:allow model-retired until the contract ends"
        #expect(try await Self.check("gpt-4-0613", lines: comment).isEmpty)
        let unused = try await Self.check("gpt-5.6", lines: comment)
        #expect(unused.map(\.rule) == ["unused-suppression"])
    }

    @Test func checksTheModelOfAnAzureDeployment() async throws {
        func check(_ config: String) async throws -> [String] {
            var files = Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) })
            files[Self.path] = """
                id: aip_8QzKx0vT2mWb4NcR
                name: Azure
                provider: azure
                defaultModel: gpt-4
                secret: openai-prod
                config: {resourceName: acme\(config)}

                """
            files["secrets/acme/openai-prod.yaml"] = RuleExample.secret(hosts: "acme.openai.azure.com")
            let tree = MemoryTree(files.map { ($0.key, Array($0.value.utf8)) })
            let today = try #require(CalendarDate("2026-11-24"))
            return try await Compiler(Compiler.Options(today: today)).analyze(tree).diagnostics.map(\.rule)
        }
        #expect(try await check("") == [])
        #expect(try await check(", model: o3-mini") == ["model-retired"])
        #expect(try await check(", model: gpt-6-sol") == [])
        #expect(try await check(", model: null") == [])
        #expect(try await check(", model: [o3-mini]") == [])
    }

    @Test func suggestsTheNearestModel() async throws {
        let models = RuleExample.models(complete: true)
        let found = try await Self.check("gpt-nxet", models: models)
        #expect(found.map(\.rule) == ["unknown-model"])
        #expect(found.first?.help?.hasPrefix("did you mean \"gpt-next\"?") == true)
        #expect(found.first?.replacement == nil)
        #expect(try await Self.check("gpt-nxet", models: RuleExample.models()).isEmpty)
    }

    @Test("The repository's own catalogue replaces the one inside the program")
    func prefersTheOwnCatalogue() async throws {
        #expect(try await Self.check("gpt-4-0613", models: RuleExample.models()).isEmpty)
        #expect(try await Self.check("gpt-4-0613").count == 1)
    }

    @Test("A catalogue is stale after 90 days", arguments: [("2027-02-18", false), ("2027-02-19", true)])
    func reportsOldCatalogues(_ today: String, _ isStale: Bool) async throws {
        let found = try await Self.check("gpt-5.6", models: RuleExample.models(built: "2026-11-20"), on: today)
        #expect(found.map(\.rule) == (isStale ? ["catalogue-stale"] : []))
        guard isStale else { return }
        #expect(found.first?.place.path == "models.json" && found.first?.place.span?.line == 3)
        let roster = "models: {}  # roster:allow catalogue-stale built by hand\n"
        #expect(try await Self.check("gpt-5.6", models: RuleExample.models(), roster: roster, on: today).isEmpty)
    }

    @Test(
        "A broken catalogue is an error with a place, and no model is checked",
        arguments: [
            ("{", 1, 2), ("{\"catalogue\": 1,\n \"built\": 5}", 2, 11), ("\u{1}", 1, 1), ("{}", 1, 1),
            ("{\"catalogue\": 1, \"built\": \"2026-11-20\", \"models\": [{}]}", 1, 52),
        ]
    )
    func reportsBrokenCatalogues(_ text: String, _ line: Int, _ column: Int) async throws {
        let found = try await Self.check("gpt-4-0613", models: text)
        #expect(found.map(\.rule) == ["invalid-catalogue"] && found.first?.severity == .error, "\(found)")
        let span = try #require(found.first?.place.span)
        #expect((span.line, span.column) == (line, column))
    }

    @Test("A catalogue that is not a readable file is an error")
    func reportsUnreadableCatalogues() async throws {
        for special in [RuleExample.Special.symbolicLink("models.json"), .unreadable("models.json")] {
            let example = RuleExample(("roster.yaml", RuleExample.roster), special: special)
            let today = try #require(CalendarDate("2026-11-24"))
            let found = try await Compiler(Compiler.Options(today: today)).analyze(example.tree).diagnostics
            #expect(found.map(\.rule) == ["invalid-catalogue"] && found.first?.place.path == "models.json", "\(found)")
        }
        let large = MemoryTree(
            RuleExample.common.map { ($0.path, Array($0.text.utf8)) }
                + [("models.json", [UInt8](repeating: 0x20, count: 16 << 20 + 1))]
        )
        let today = try #require(CalendarDate("2026-11-24"))
        let found = try await Compiler(Compiler.Options(today: today)).analyze(large).diagnostics
        #expect(found.map(\.rule) == ["invalid-catalogue"], "\(found.map(\.message))")
    }

    @Test("Fixes never change a model")
    func offersNoFix() async throws {
        for model in ["gpt-4-0613", "gpt-4o"] {
            #expect(try await Self.check(model).allSatisfy { $0.replacement == nil })
        }
    }
}
