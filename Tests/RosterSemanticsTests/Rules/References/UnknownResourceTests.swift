import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterSemantics

@Suite("unknown-resource")
struct UnknownResourceTests {
    /// Returns a repository whose only statement has resources, in one line each.
    private static func repository(_ resources: [String]) async throws -> TestRepository {
        let lines = resources.map { "          - \"\($0)\"\n" }.joined()
        let policies = "    all:\n      - effect: Allow\n        action: [\"*\"]\n        resource:\n" + lines
        return try await TestRepository([
            "roster.yaml": Sample.roster(["acme", "beta"], keys: "", access: Sample.access(policies: policies)),
            "providers/acme/gpt-4o.yaml": Sample.provider(1),
            "providers/acme/broken.yaml": Sample.broken,
            "providers/beta/claude.yaml": Sample.provider(2),
        ])
    }

    @Test(arguments: ["*", "acme/*", "beta/*", "acme/gpt-4o", "beta/claude", "acme/broken"])
    func acceptsAResource(_ resource: String) async throws {
        let test = try await Self.repository([resource])
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    @Test(
        arguments: [
            ("acne/*", "there is no project \"acne\"", "acme/*"),
            ("acne/gpt-4o", "there is no project \"acne\"", "acme/gpt-4o"),
            ("something-else/*", "there is no project \"something-else\"", nil),
            ("acme/gpt-40", "the project \"acme\" has no provider \"gpt-40\"", "acme/gpt-4o"),
            ("acme/brokn", "the project \"acme\" has no provider \"brokn\"", "acme/broken"),
            ("acme/claude", "the project \"acme\" has no provider \"claude\"", nil),
            ("beta/gpt-4o", "the project \"beta\" has no provider \"gpt-4o\"", nil),
        ] as [(String, String, String?)]
    )
    func reportsAMissingRecord(_ resource: String, _ message: String, _ nearest: String?) async throws {
        let test = try await Self.repository([resource])
        let finding = try test.finding(of: UnknownResource.self)
        #expect(test.place(finding.place) == "roster.yaml:11: \"\(resource)\"")
        #expect(finding.message == message)
        #expect(finding.replacement?.text == nearest && finding.replacement?.isSafe != true)
        #expect(finding.label == nearest.map { "did you mean \"\($0)\"?" })
        #expect(test.findings.count == 1)
    }

    @Test(arguments: [
        ("acme", "\"acme\" is not a resource", "acme"), ("acme/", "\"acme/\" is not a resource", "acme"),
        ("/gpt-4o", "\"/gpt-4o\" is not a resource", "<project>"),
        ("a/b/c", "\"a/b/c\" is not a resource", "<project>"),
        ("acme/b/*", "\"acme/b/*\" is not a resource", "acme"),
        ("Acme/*", "in \"Acme/*\" the * is only a part of a name; it must replace the whole name", "<project>"),
        ("acme/gpt-*", "in \"acme/gpt-*\" the * is only a part of a name; it must replace the whole name", "acme"),
        ("*/gpt-4o", "in \"*/gpt-4o\" the * is only a part of a name; it must replace the whole name", "<project>"),
        ("acme/GPT", "\"acme/GPT\" is not a resource", "acme"), ("**", "\"**\" is not a resource", "<project>"),
    ])
    func reportsTextThatIsNotAResource(_ resource: String, _ message: String, _ project: String) async throws {
        let test = try await Self.repository([resource])
        let finding = try test.finding(of: UnknownResource.self)
        #expect(finding.message == message)
        #expect(
            finding.help
                == "write \"\(project)/*\" for all providers of a project, or name each: \"\(project)/<provider>\""
        )
        #expect(finding.replacement == nil)
    }

    @Test func reportsEachResourceOfEachStatement() async throws {
        let test = try await Self.repository(["acme/*", "nothing-a/*", "*", "acme/nothing-b", "nothing-a/*"])
        #expect(
            test.places(of: UnknownResource.self) == [
                "roster.yaml:12: \"nothing-a/*\"", "roster.yaml:14: \"acme/nothing-b\"",
                "roster.yaml:15: \"nothing-a/*\"",
            ]
        )
    }

    @Test func ignoresResourcesWhenTheProjectsAreUnknown() async throws {
        let policies = "    all:\n      - {effect: Allow, action: [\"*\"], resource: [\"acne/*\", x]}\n"
        let test = try await TestRepository([
            "roster.yaml": "roster: 1\n" + Sample.access(policies: policies),
            "providers/acme/a.yaml": Sample.provider(1),
        ])
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    @Test("A random resource is reported unless its project and its provider have a file")
    func reportsRandomResources() async throws {
        var random = SeededGenerator()
        let projects = ["acme", "beta", "gamma", "*"]
        let providers = ["gpt-4o", "broken", "claude", "other", "*"]
        let known: Set = [
            "acme/gpt-4o", "acme/broken", "beta/claude", "acme/*", "beta/*", "*",
        ]
        for _ in 0..<4 {
            let resources = (0..<20).map { _ in
                let project = projects.randomElement(using: &random) ?? ""
                return project == "*" ? "*" : project + "/" + (providers.randomElement(using: &random) ?? "")
            }
            let test = try await Self.repository(resources)
            let expected = resources.indices.filter { !known.contains(resources[$0]) }
                .map { "roster.yaml:\($0 + 11): \"\(resources[$0])\"" }
            #expect(test.places(of: UnknownResource.self) == expected)
        }
    }
}
