import RosterDiagnostics
import RosterFrontend
import RosterTestSupport
import Testing

@testable import RosterSemantics

@Suite("unused-secret")
struct UnusedSecretTests {
    private static let texts = [
        "roster.yaml": Sample.roster(["acme", "beta"]),
        "providers/acme/p.yaml": Sample.provider(1, secret: "used"),
        "secrets/acme/unused.yaml": Sample.secret(1),
        "secrets/acme/used.yaml": Sample.secret(2),
        "secrets/beta/used.yaml": Sample.secret(3),
    ]

    private static func places(with others: [String: String]) async throws -> [String] {
        try await TestRepository(texts.merging(others) { $1 }).places(of: UnusedSecret.self)
    }

    @Test func reportsSecretsThatNoProviderLinks() async throws {
        let test = try await TestRepository(Self.texts)
        #expect(
            test.report == [
                "unused-secret secrets/acme/unused.yaml:1: id", "unused-secret secrets/beta/used.yaml:1: id",
            ]
        )
        let finding = try #require(test.findings.first)
        #expect(finding.message == "no provider links this secret")
        #expect(
            finding.help
                == "was it renamed, or its provider moved? link it with \"secret: unused\" in a provider of acme, or keep "
                + "it: it may be the only copy of the key"
        )
        #expect(finding.severity == .warning)
    }

    @Test func reportsASecretWithoutAnIDAtItsFirstKey() async throws {
        let text = Sample.secret(1).split(separator: "\n").dropFirst().map { $0 + "\n" }.joined()
        #expect(
            try await Self.places(with: ["secrets/acme/unused.yaml": text]) == [
                "secrets/acme/unused.yaml:1: name", "secrets/beta/used.yaml:1: id",
            ]
        )
    }

    @Test(
        "A project whose links are not all known has no unused secret, and others have",
        arguments: [
            ("providers/acme/broken.yaml", Sample.broken),
            ("providers/acme/refused.yaml", Sample.provider(8, secret: "[x]")),
            ("providers/acme/refused.yaml", Sample.provider(8, secret: "Not A Name")),
            ("providers/acme/key.yml", Sample.provider(8)), ("providers/acme/UPPER.yaml", Sample.provider(8)),
            ("providers/acme/deeper/x.yaml", Sample.provider(8)),
        ]
    )
    func ignoresProjectsWithUnknownLinks(_ path: String, _ text: String) async throws {
        #expect(try await Self.places(with: [path: text]) == ["secrets/beta/used.yaml:1: id"])
    }

    @Test(arguments: ["providers/loose.yaml", "provider/acme/x.yaml"])
    func ignoresAllProjectsWhenAProviderIsMisplaced(_ path: String) async throws {
        #expect(try await Self.places(with: [path: Sample.provider(8)]).isEmpty)
    }

    @Test(arguments: ["unusd", "something-else", "acme/unused"])
    func ignoresTheSecretThatABrokenLinkMeans(_ link: String) async throws {
        let places = try await Self.places(with: ["providers/acme/q.yaml": Sample.provider(2, secret: link)])
        #expect(places == ["secrets/beta/used.yaml:1: id"])
    }

    @Test func ignoresABrokenSecret() async throws {
        #expect(
            try await Self.places(with: ["secrets/acme/unused.yaml": Sample.broken]) == ["secrets/beta/used.yaml:1: id"]
        )
    }

    @Test("In random repositories without broken links, the unused secrets are those that are linked nowhere")
    func reportsRandomSecrets() async throws {
        var random = SeededGenerator()
        for _ in 0..<4 {
            var texts = ["roster.yaml": Sample.roster(["a", "b", "c"])]
            var expected: [String] = []
            for (position, project) in ["a", "b", "c"].enumerated() {
                let isBroken = Int.random(in: 0..<4, using: &random) == 0
                if isBroken { texts["providers/\(project)/broken.yaml"] = Sample.broken }
                let handles = ["u", "v", "w", "x", "z"]
                for (number, handle) in handles.enumerated() {
                    let id = position * handles.count + number
                    texts["secrets/\(project)/\(handle).yaml"] = Sample.secret(id)
                    if Bool.random(using: &random) {
                        texts["providers/\(project)/p\(number).yaml"] = Sample.provider(id, secret: handle)
                    } else if !isBroken {
                        expected.append("unused-secret secrets/\(project)/\(handle).yaml:1: id")
                    }
                }
            }
            #expect(try await TestRepository(texts).report == expected)
        }
    }
}
