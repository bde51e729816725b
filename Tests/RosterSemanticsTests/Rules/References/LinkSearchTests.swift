import RosterDiagnostics
import RosterFrontend
import RosterModel
import Testing

@testable import RosterSemantics

/// Links that are not handles.
@Suite("The search for the secret of a refused link")
struct LinkSearchTests {
    private static func finding(
        _ text: String,
        secrets: [String] = [],
        linked: [String] = []
    ) async throws -> (Finding, TestRepository) {
        let test = try await UnknownSecretTests.repository(linking: text, secrets: secrets, linked: linked)
        let finding = try test.finding(of: InvalidValue.self)
        #expect(test.place(finding.place) == "providers/acme/p.yaml:5: \(text)")
        #expect(test.findings(of: UnknownSecret.self).isEmpty)
        return (finding, test)
    }

    @Test(arguments: [
        ("acme/openai", "without the project"), ("openai.yaml", "not as a file"), ("openai.yml", "not as a file"),
        ("acme/openai.yaml", "not as a file"), ("secrets/acme/openai.yaml", "not as a file"),
        ("./secrets/acme/openai", "without the project"),
    ])
    func correctsANotationOfASecret(_ text: String, _ what: String) async throws {
        let (finding, test) = try await Self.finding(text, secrets: ["acme/openai", "acme/other"])
        #expect(finding.message == "\"secret\" names a secret by its name alone, \(what)")
        #expect(finding.help == "write \"secret: openai\"")
        #expect(finding.replacement?.text == "openai" && finding.replacement?.isSafe == true)
        #expect(finding.label == "did you mean \"openai\"?")
        // With a refused link in the project, no secret is unused.
        #expect(test.findings(of: UnusedSecret.self).isEmpty)
    }

    @Test(arguments: ["acme/openai-prod", "openai-prod.yaml"])
    func explainsANotationOfAMissingSecret(_ text: String) async throws {
        let (finding, _) = try await Self.finding(text, secrets: ["acme/openai-prd"])
        #expect(finding.message.hasSuffix(", and the project \"acme\" has no secret \"openai-prod\""))
        #expect(finding.replacement?.text == "openai-prd" && finding.replacement?.isSafe == false)
        #expect(finding.help?.hasPrefix("no provider links secrets/acme/openai-prd.yaml: was it renamed?") == true)
    }

    @Test(arguments: ["beta/openai", "secrets/beta/openai.yaml", "beta/openai.yaml"])
    func refusesASecretOfAnotherProject(_ text: String) async throws {
        let (finding, _) = try await Self.finding(text, linked: ["beta/openai"])
        #expect(finding.message == "a provider uses only secrets of its project, which is \"acme\"")
        let command = "roster secret set acme/openai --for acme/p"
        #expect(finding.help == "seal the key in this project, \(command), and write \"secret: openai\"")
        #expect(finding.replacement == nil)
    }

    @Test func suggestsTheSecretOfTheSameNameInItsProject() async throws {
        let (finding, _) = try await Self.finding("beta/openai", secrets: ["acme/openai"], linked: ["beta/openai"])
        #expect(finding.help == "acme has a secret of that name as well: write \"secret: openai\"")
        #expect(finding.replacement?.text == "openai" && finding.replacement?.isSafe == false)
    }

    @Test func correctsAnIDToItsName() async throws {
        let (finding, _) = try await Self.finding(Sample.id("sec_", 2), secrets: ["acme/a", "acme/b"])
        #expect(finding.message == "\"secret\" is a secret's name, not its id")
        #expect(finding.help == "write \"secret: b\"")
        #expect(finding.replacement?.text == "b" && finding.replacement?.isSafe == true)
    }

    @Test func refusesTheIDOfASecretOfAnotherProject() async throws {
        let (finding, _) = try await Self.finding(Sample.id("sec_", 1), secrets: ["beta/b", "acme/a"])
        #expect(finding.message == "a provider uses only secrets of its project, which is \"acme\"")
        #expect(finding.help?.contains("roster secret set acme/b --for acme/p") == true)
    }

    @Test(arguments: [
        (0, "the project has no secret"), (1, "the project has k10"), (3, "the project has k10, k11 and k12"),
        (12, "the project has k10, k11, k12, k13, k14, k15, k16, k17, k18, k19, k20 and k21"),
        (13, "the project has k10, k11, k12, k13, k14, k15, k16, k17, k18, k19, k20 and 2 more"),
    ])
    func listsTheSecretsForAnUnknownID(_ count: Int, _ help: String) async throws {
        let secrets = (0..<count).map { "acme/k\($0 + 10)" }
        let (finding, _) = try await Self.finding(Sample.id("sec_", 99), secrets: secrets)
        #expect(finding.message == "\"secret\" is a secret's name, and no secret has this id")
        #expect(finding.help == help)
        #expect(finding.replacement == nil)
    }

    @Test(arguments: ["${OPENAI_API_KEY}", "$OPENAI_API_KEY", "env:OPENAI_API_KEY", "OPENAI_API_KEY"])
    func suggestsToSealTheValueOfAVariable(_ text: String) async throws {
        let (finding, _) = try await Self.finding(text, secrets: ["acme/openai"])
        #expect(finding.message == "a key is sealed into the repository, and not read from a variable")
        let command = "printf %s \"$OPENAI_API_KEY\" | roster secret set acme/p --for acme/p"
        #expect(finding.help == "seal its value, \(command), and write \"secret: p\"")
    }

    @Test(arguments: ["OpenAI-Prod", "openai_prod", "OpenAI.Prod", "openaiProd"])
    func correctsTheSpellingOfAName(_ text: String) async throws {
        let (finding, _) = try await Self.finding(text, secrets: ["acme/another", "acme/openai-prod"])
        #expect(finding.help == "names are in lower case: write \"secret: openai-prod\"")
        #expect(finding.replacement?.text == "openai-prod" && finding.replacement?.isSafe == true)
    }

    private static let own =
        "if it is the key itself, seal it, roster secret set acme/p --for acme/p, write "
        + "\"secret: p\", and replace the key at its provider if it was committed"

    @Test func explainsTextThatIsNotAName() async throws {
        let (finding, _) = try await Self.finding("p@ssword")
        #expect(finding.message == "\"secret\" must be the name of a secret of this project, and this is not one")
        #expect(finding.help == Self.own)
        #expect(finding.replacement == nil)
    }

    @Test func namesTheOnlyUnlinkedSecretForTextThatIsNotAName() async throws {
        let (finding, _) = try await Self.finding("p@ssword", secrets: ["acme/a"], linked: ["acme/b"])
        let rename = "no provider links secrets/acme/a.yaml: was it renamed? write \"secret: a\"; "
        #expect(finding.help == rename + Self.own)
    }

    @Test(arguments: [
        (2, "\"k1\", \"k2\""), (5, "\"k1\", \"k2\", \"k3\", \"k4\", \"k5\""),
        (6, "\"k1\", \"k2\", \"k3\", \"k4\", \"k5\""),
    ])
    func namesAtMostFiveSecretsForTextThatIsNotAName(_ count: Int, _ names: String) async throws {
        let (finding, _) = try await Self.finding("p@ssword", secrets: (1...count).map { "acme/k\($0)" })
        #expect(finding.help == "write one of the project's secrets (\(names)), or delete the line; \(Self.own)")
    }

    @Test func neverShowsAKeyThatIsAHandle() async throws {
        let key = "sk0123456789abcdef0123456789abcdef"
        let (finding, test) = try await Self.finding(key, secrets: ["acme/a", "acme/b"])
        #expect(finding.message == "\"secret\" must be the name of a secret of this project, and this is not one")
        #expect(finding.help?.contains(key) == false)
        #expect(test.findings(of: UnusedSecret.self).isEmpty)
    }
}
