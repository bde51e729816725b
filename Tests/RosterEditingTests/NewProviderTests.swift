import RosterFrontend
import RosterJSON
import RosterModel
import RosterSemantics
import Testing

@testable import RosterEditing

@Suite("Providers from arguments and answers")
struct NewProviderTests {
    /// A user whose answers are known in advance.
    private final class Script: Respondent {
        private var answers: [String]
        private(set) var questions: [String] = []

        init(_ answers: String...) { self.answers = answers }

        func ask(_ words: String, orElse fallback: String?) throws -> String {
            questions.append(words)
            return answers.removeFirst()
        }

        func choose(_ words: String, among choices: [(name: String, title: String)]) throws -> String {
            questions.append("\(words) of \(choices.count)")
            return answers.removeFirst()
        }
    }

    private static func arguments(_ change: (inout ProviderArguments) -> Void) -> ProviderArguments {
        var arguments = ProviderArguments()
        change(&arguments)
        return arguments
    }

    @Test("Reads the values of settings as a file does")
    func settings() throws {
        let arguments = Self.arguments { arguments in
            arguments.configJSON = #"{"a": 1}"#
            arguments.config = ["retry.max=3", "t=0.5", "b=true", "n=null", "e=", "z=007", "s=x=y"]
        }
        let changes = try arguments.changes(unset: ["secret", "config.old", "base-url"])
        #expect(changes.map(\.path).prefix(4) == [["config"], ["secret"], ["config", "old"], ["baseUrl"]])
        #expect(
            changes.suffix(7).map(\.value) == [
                .integer(3), .float(0.5), .boolean(true), .null, .string(""), .string("007"), .string("x=y"),
            ]
        )
        #expect(changes.suffix(7).first?.path == ["config", "retry", "max"])
    }

    @Test(
        "Refuses words that are not valid",
        arguments: [
            ("slug", "\"opena\" is not a provider slug"), ("setting", "\"x\" is not a setting"),
            ("path", "\"a..b=1\" names no key of config"), ("number", "config can hold no number such as 1e999"),
            ("json", "--config-json is not JSON"), ("list", "--config-json is not a JSON object"),
            ("unset", "\"name\" cannot be unset"),
        ]
    )
    func invalid(what: String, message: String) {
        let arguments = Self.arguments { arguments in
            switch what {
            case "slug": arguments.provider = "opena"
            case "setting": arguments.config = ["x"]
            case "path": arguments.config = ["a..b=1"]
            case "number": arguments.config = ["a=1e999"]
            case "json": arguments.configJSON = "{"
            case "list": arguments.configJSON = "[]"
            default: break
            }
        }
        let failure = #expect(throws: EditFailure.self) {
            try arguments.changes(unset: what == "unset" ? ["name"] : [])
        }
        #expect(failure?.code == .invalid)
        #expect(failure?.message.hasPrefix(message) == true, "\(failure?.message ?? "")")
    }

    @Test("Writes options that are parsed as the same words")
    func options() {
        let arguments = Self.arguments { arguments in
            (arguments.name, arguments.provider, arguments.secret) = ("-x", "openai", "k")
            arguments.config = ["a=1"]
        }
        #expect(arguments.options == ["--name=-x", "--provider", "openai", "--config", "a=1"])
    }

    @Test("Asks for what is missing, and for what the slug needs")
    func asks() async throws {
        let editor = try await ExampleEditor.make()
        var answers = ProviderAnswers(project: nil, fields: ProviderArguments(), isSealing: false)
        let user = Script("acme", "Mine", "azure", "gpt-4o", "acme-prod", "--seal")
        try answers.complete(in: editor.survey, asking: user)
        #expect(
            user.questions == ["project", "name", "provider of 10", "default model", "resourceName", "secret of 2"]
        )
        #expect(answers.isSealing && answers.fields.secret == nil)
        #expect(answers.fields.config == ["resourceName=acme-prod"])
        let provider = try #require(try answers.newProvider(in: editor))
        #expect(provider.fullName == "acme/mine" && provider.fields["defaultModel"] == .string("gpt-4o"))
    }

    @Test("Names the missing options without a terminal")
    func cannotAsk() async throws {
        let editor = try await ExampleEditor.make()
        let fields = Self.arguments { $0.name = "A" }
        var answers = ProviderAnswers(project: "acme", fields: fields, isSealing: false)
        let failure = #expect(throws: EditFailure.self) { try answers.complete(in: editor.survey, asking: nil) }
        #expect(failure?.message == "missing --provider, --default-model" && failure?.code == .invalid)
    }

    @Test("Advises on a missing secret with a name that no secret has, and with the secret that fits")
    func advice() async throws {
        let editor = try await ExampleEditor.make()
        let fields = Self.arguments { arguments in
            (arguments.name, arguments.provider, arguments.defaultModel) = ("O", "openai", "gpt-4o")
            arguments.handle = "openai-prod"
        }
        let answers = ProviderAnswers(project: "acme", fields: fields, isSealing: false)
        let provider = try #require(try answers.newProvider(in: editor))
        let refusal = await #expect(throws: EditFailure.self) {
            try await editor.plan(.createProvider(provider), force: false)
        }
        let failure = try #require(refusal)
        let advice = MissingSecretAdvice(provider, fields, in: editor)
        let help = try #require(try await advice.help(for: failure, today: ExampleEditor.today))
        #expect(help.contains("--secret openai-prod-2 --seal\n"))
        #expect(help.contains("roster secret set acme/openai-prod-2 --for openai\n"))
        #expect(help.hasSuffix("or link the secret of this project that fits: --secret openai-prod"))
        #expect(try await advice.help(for: EditFailure(.exists, "x"), today: ExampleEditor.today) == nil)
    }

    @Test("Creates a provider and a secret of the same handle, for the hosts of its requests")
    func sealed() async throws {
        let editor = try await ExampleEditor.make()
        var fields = JSONObject(members: ["name": .string("P"), "provider": .string("groq")])
        fields.set("defaultModel", to: .string("m"))
        let new = SealedProvider(NewProvider(project: "acme", handle: "p", fields: fields))
        #expect(new.provider.fields["secret"] == .string("p") && new.provider.newSecret?.handle == "p")
        #expect(try await new.target(today: ExampleEditor.today).hosts.map(\.text) == ["api.groq.com"])
        #expect(try new.location(in: editor, root: "/nonexistent").fullName == "acme/p")
        let plan = try await editor.plan(.createProvider(new.provider), force: false, expecting: [UnknownSecret.name])
        #expect(plan.changes.map(\.path) == ["providers/acme/p.yaml"])
        fields.set("provider", to: .string("custom"))
        let failure = await #expect(throws: EditFailure.self) {
            try await SealedProvider(NewProvider(project: "acme", handle: "p", fields: fields))
                .target(today: ExampleEditor.today)
        }
        #expect(failure?.message.contains("the endpoint of acme/p cannot be determined") == true)
    }

    @Test("Makes a statement of the allowed and one of the denied actions")
    func statements() throws {
        let made = try PolicyStatements.make(allow: ["aiProviders:*"], deny: ["*"], resources: ["acme/*"])
        #expect(made.map(\.effect) == [.allow, .deny] && made.map { $0.actions[0].text } == ["aiProviders:*", "*"])
        for (allow, resources, message) in [
            ([], ["*"], "missing --allow"), (["*"], [], "missing --resource"),
            (["GetAiProvider"], ["*"], "\"GetAiProvider\" is not an action"),
        ] {
            let failure = #expect(throws: EditFailure.self) {
                try PolicyStatements.make(allow: allow, deny: [], resources: resources)
            }
            #expect(failure?.message == message && failure?.code == .invalid)
        }
    }

    @Test("Finds the secrets of a provider alone, and those that other keys open")
    func secrets() async throws {
        let alone = try await ExampleEditor.make()
        #expect(alone.secretOnly(linkedBy: try alone.provider("acme/gpt-4o")) == "acme/openai-prod")
        let keys = alone.survey.sealingKeys
        #expect(try alone.secrets(toResealTo: keys).isEmpty)
        #expect(try alone.secrets(toResealTo: []).map(\.fullName) == ["acme/openai-prod"])
        let second = RuleExample.provider.replacing("8QzKx0vT2mWb4NcR", with: "3hPq7RsT9uVwXyZa")
        let shared = try await ExampleEditor.make([("providers/acme/other.yaml", second)])
        #expect(shared.secretOnly(linkedBy: try shared.provider("acme/gpt-4o")) == nil)
        let broken = try await ExampleEditor.make([("secrets/acme/broken.yaml", "id: [")])
        #expect(throws: EditFailure.self) { try broken.secrets(toResealTo: keys) }
    }
}
