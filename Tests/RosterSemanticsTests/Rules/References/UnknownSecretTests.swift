import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterSemantics

/// Links to handles that the project does not have.
@Suite("unknown-secret")
struct UnknownSecretTests {
    /// Returns a repository whose provider `acme/p` has a link, with secrets by full name and providers by the secret that
    /// they link.
    static func repository(
        linking text: String,
        secrets: [String] = [],
        linked: [String] = [],
        others: [String: String] = [:]
    ) async throws -> TestRepository {
        var texts = [
            "roster.yaml": Sample.roster(["acme", "beta", "gamma"]),
            "providers/acme/p.yaml": Sample.provider(1, secret: text),
        ]
        for (number, name) in (secrets + linked).enumerated() {
            texts["secrets/\(name).yaml"] = Sample.secret(number + 1)
        }
        for (number, name) in linked.enumerated() {
            let parts = name.split(separator: "/")
            texts["providers/\(parts[0])/user-\(number).yaml"] = Sample.provider(number + 2, secret: String(parts[1]))
        }
        return try await TestRepository(texts.merging(others) { $1 })
    }

    private static let seal = "seal it: roster secret set acme/openai-prod --for acme/p"

    @Test func reportsAHandleOfNoSecret() async throws {
        let test = try await Self.repository(linking: "openai-prod")
        let finding = try test.finding(of: UnknownSecret.self)
        #expect(test.place(finding.place) == "providers/acme/p.yaml:5: openai-prod")
        #expect(finding.message == "the project \"acme\" has no secret \"openai-prod\"")
        #expect(finding.help == Self.seal)
        #expect(finding.replacement == nil && finding.label == nil && finding.severity == .error)
    }

    @Test func suggestsASimilarNameThatWasRenamed() async throws {
        let test = try await Self.repository(linking: "openai-prod", secrets: ["acme/openai-prd", "acme/mistral"])
        let finding = try test.finding(of: UnknownSecret.self)
        #expect(finding.replacement?.text == "openai-prd" && finding.replacement?.isSafe == false)
        #expect(finding.label == "did you mean \"openai-prd\"?")
        let rename = "no provider links secrets/acme/openai-prd.yaml: was it renamed? write \"secret: openai-prd\""
        #expect(finding.help == "\(rename); otherwise \(Self.seal)")
        // The suggested secret is not unused, and the other is.
        #expect(test.places(of: UnusedSecret.self) == ["secrets/acme/mistral.yaml:1: id"])
    }

    @Test func suggestsASimilarNameThatIsLinked() async throws {
        let test = try await Self.repository(linking: "openai-prod", linked: ["acme/openai-prd"])
        let finding = try test.finding(of: UnknownSecret.self)
        #expect(finding.replacement?.text == "openai-prd")
        #expect(finding.help == Self.seal)
    }

    @Test func suggestsTheOnlySecretThatNoProviderLinks() async throws {
        let test = try await Self.repository(
            linking: "openai-prod",
            secrets: ["acme/key"],
            linked: ["acme/mistral", "acme/groq"]
        )
        let finding = try test.finding(of: UnknownSecret.self)
        #expect(finding.replacement?.text == "key" && finding.replacement?.isSafe == false)
        let rename = "no provider links secrets/acme/key.yaml: was it renamed? write \"secret: key\""
        #expect(finding.help == "\(rename); otherwise \(Self.seal)")
        #expect(test.findings(of: UnusedSecret.self).isEmpty)
    }

    @Test(
        "Up to four unlinked secrets are named, and of more the first three",
        arguments: [
            (2, "k1 or k2"), (3, "k1, k2 or k3"), (4, "k1, k2, k3 or k4"), (5, "k1, k2, k3 or 2 more"),
            (9, "k1, k2, k3 or 6 more"),
        ]
    )
    func namesUnlinkedSecrets(_ count: Int, _ names: String) async throws {
        let secrets = (1...count).map { "acme/k\($0)" }
        let test = try await Self.repository(linking: "openai-prod", secrets: secrets)
        let finding = try test.finding(of: UnknownSecret.self)
        #expect(finding.help == "was a secret renamed? no provider links \(names); otherwise \(Self.seal)")
        #expect(finding.replacement == nil)
        // The link may mean any of them.
        #expect(test.findings(of: UnusedSecret.self).isEmpty)
    }

    @Test func suggestsToMoveAProviderBackToAnUnlinkedSecret() async throws {
        // A secret of a similar name is in its own project, but the other one has exactly this name.
        let test = try await Self.repository(
            linking: "openai-prod",
            secrets: ["acme/openai-prd", "gamma/openai-prod"],
            linked: ["beta/openai-prod"]
        )
        let finding = try test.finding(of: UnknownSecret.self)
        #expect(
            finding.help
                == "gamma has a secret of that name, secrets/gamma/openai-prod.yaml, and a secret can be used in its own "
                + "project only: move the provider back (git mv providers/acme/p.yaml providers/gamma/p.yaml), or "
                + Self.seal
        )
        #expect(finding.replacement == nil)
        #expect(test.places(of: UnusedSecret.self) == ["secrets/acme/openai-prd.yaml:1: id"])
    }

    @Test func namesOtherProjectsWithALinkedSecretOfThatName() async throws {
        let test = try await Self.repository(
            linking: "openai-prod",
            linked: ["beta/openai-prod", "gamma/openai-prod"]
        )
        let finding = try test.finding(of: UnknownSecret.self)
        #expect(finding.help?.hasPrefix("beta and gamma ") == true, "\(finding.help ?? "")")
        #expect(finding.help?.contains("a secret of that name, secrets/beta/openai-prod.yaml, and") == true)
        #expect(finding.help?.hasSuffix("or \(Self.seal)") == true)
    }

    @Test func suggestsNoRenamedSecretWhenAProviderIsBroken() async throws {
        let test = try await Self.repository(
            linking: "openai-prod",
            secrets: ["acme/k1", "acme/k2"],
            others: ["providers/acme/broken.yaml": Sample.broken]
        )
        #expect(try test.finding(of: UnknownSecret.self).help == Self.seal)
        #expect(test.findings(of: UnusedSecret.self).isEmpty)
    }

    @Test func suggestsABrokenSecretOfASimilarName() async throws {
        let test = try await Self.repository(
            linking: "openai-prod",
            others: ["secrets/acme/openai-prd.yaml": Sample.broken]
        )
        #expect(try test.finding(of: UnknownSecret.self).replacement?.text == "openai-prd")
    }

    @Test(arguments: ["broken", "loose"])
    func acceptsALinkToASecretThatIsReportedElsewhere(_ name: String) async throws {
        let test = try await Self.repository(
            linking: name,
            others: ["secrets/acme/broken.yaml": Sample.broken, "secrets/loose.yaml": Sample.secret(3)]
        )
        #expect(test.findings(of: UnknownSecret.self).isEmpty && test.findings(of: InvalidValue.self).isEmpty)
    }

    @Test("A name without one of its letters is corrected to the only similar one")
    func suggestsRandomNames() async throws {
        var random = SeededGenerator()
        for _ in 0..<6 {
            let names = (0..<8).map { _ in
                String((0..<14).map { _ in "abcdefghijklmnop".randomElement(using: &random) ?? "a" })
            }
            let name = try #require(names.randomElement(using: &random))
            var link = name
            link.remove(at: link.index(link.startIndex, offsetBy: Int.random(in: 0..<14, using: &random)))
            let test = try await Self.repository(linking: link, secrets: names.map { "acme/" + $0 })
            #expect(try test.finding(of: UnknownSecret.self).replacement?.text == name, "\(link) in \(names)")
            let unused = Set(test.places(of: UnusedSecret.self))
            #expect(unused == Set(names.filter { $0 != name }.map { "secrets/acme/\($0).yaml:1: id" }))
        }
    }
}
