import RosterFrontend
import RosterModel
import RosterSources
import RosterTestSupport
import Testing

@testable import RosterSemantics

@Suite("The linker")
struct LinkerTests {
    /// A repository with a readable, a broken and a misplaced secret, and one of another project.
    private static func repository(linking text: String?) async throws -> TestRepository {
        try await TestRepository([
            "roster.yaml": Sample.roster(["acme", "beta"]),
            "providers/acme/p.yaml": Sample.provider(1, secret: text),
            "secrets/acme/broken.yaml": Sample.broken,
            "secrets/acme/good.yaml": Sample.secret(1),
            "secrets/beta/other.yaml": Sample.secret(2),
            "secrets/loose.yaml": Sample.secret(3),
        ])
    }

    @Test(
        arguments: [
            ("good", "secret(0)"), ("broken", "broken"), ("loose", "broken"), (nil, "nowhere"),
            // A list and a mapping are reported by the parser.
            ("[good]", "nowhere"), ("{name: good}", "nowhere"),
        ] as [(String?, String)]
    )
    func resolvesALink(_ text: String?, _ expected: String) async throws {
        let test = try await Self.repository(linking: text)
        let provider = try #require(test.repository.providers.first)
        #expect("\(provider.link)" == expected)
        #expect(test.repository.unresolvedLinks.isEmpty)
        let secret = try test.file("secrets/acme/good.yaml")
        #expect(test.repository.linkedSecrets == (text == "good" ? [secret] : []))
    }

    @Test(arguments: [
        ("other", true), ("missing", true), ("goo", true), ("Good", false), ("acme/good", false), ("good.yaml", false),
        ("${OPENAI_API_KEY}", false), (Sample.id("sec_", 1), false),
    ])
    func leavesALinkOpen(_ text: String, _ isHandle: Bool) async throws {
        let test = try await Self.repository(linking: text)
        let provider = try #require(test.repository.providers.first)
        #expect("\(provider.link)" == "nowhere")
        #expect(test.repository.linkedSecrets.isEmpty)
        let open = try #require(test.repository.unresolvedLinks.first)
        #expect(test.repository.unresolvedLinks.count == 1)
        #expect(open.isHandle == isHandle)
        #expect(open.text.value == text)
        #expect(test.place(.file(open.file, open.text.span)) == "providers/acme/p.yaml:5: \(text)")
    }

    @Test func reportsTheHostsOfALinkedSecretOnly() async throws {
        let texts = [
            "roster.yaml": Sample.roster(),
            "providers/acme/a.yaml": Sample.provider(1, secret: "x"),
            "providers/acme/b.yaml": Sample.provider(2, secret: "missing"),
            "secrets/acme/x.yaml": Sample.secret(1, hosts: "api.x.ai"),
        ]
        let test = try await TestRepository(texts)
        #expect(test.linked.all.map(\.rule) == ["secret-host-mismatch"])
    }

    @Test("Random links resolve to the secret of the provider's project, in any order of projects")
    func resolvesRandomLinks() async throws {
        var random = SeededGenerator()
        for _ in 0..<4 {
            var texts = ["roster.yaml": Sample.roster()]
            // The id of each readable secret; nil for a broken one.
            var secrets: [String: String?] = [:]
            var links: [String: String] = [:]
            for project in ["a", "a-b", "b"] {
                for handle in ["w", "x", "z"] where Int.random(in: 0..<3, using: &random) > 0 {
                    let number = secrets.count + 1
                    let isBroken = Int.random(in: 0..<3, using: &random) == 0
                    texts["secrets/\(project)/\(handle).yaml"] = isBroken ? Sample.broken : Sample.secret(number)
                    secrets["\(project)/\(handle)"] = .some(isBroken ? nil : Sample.id("sec_", number))
                }
                for handle in ["p", "q", "r"] {
                    let link = ["w", "x", "z", "none"].randomElement(using: &random) ?? "x"
                    texts["providers/\(project)/\(handle).yaml"] = Sample.provider(links.count, secret: link)
                    links["\(project)/\(handle)"] = "\(project)/\(link)"
                }
            }
            let repository = try await TestRepository(texts).repository
            for provider in repository.providers {
                let target = try #require(links[repository.listing.fullName(of: provider.file)])
                switch (secrets[target], provider.link) {
                case (nil, .nowhere), (.some(nil), .broken): break
                case (let id??, .secret):
                    #expect(repository.secret(linkedBy: provider)?.value.id?.value.description == id)
                case (let expected, let link): Issue.record("\(target): \(link), not \(String(describing: expected))")
                }
            }
            #expect(repository.unresolvedLinks.count == links.values.count { secrets[$0] == nil })
            let linked = Set(links.values.filter { (secrets[$0] ?? nil) != nil })
            #expect(Set(repository.linkedSecrets.map { repository.listing.fullName(of: $0) }) == linked)
        }
    }
}
