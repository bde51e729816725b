import RosterBridges
import RosterModel
import RosterRuntime

/// A provider that snippets are made of.
struct SnippetProvider {
    /// The provider with its project and secret.
    let registered: RegisteredProvider
    /// The provider with the names that exports use.
    let exported: ExportedProvider
    /// The headers of requests with values of the record.
    let headers: [ProviderRequest.Field]
    /// The URLs of requests.
    let endpoint: Endpoint

    /// Creates the provider of snippets; returns nil for one that the format does not allow.
    ///
    /// Without an endpoint, with a header that cannot be sent or with a control character in a value, `roster exec`
    /// fails, or the client would fail.
    init?(_ registered: RegisteredProvider) {
        guard let exported = try? ExportedProvider(registered), let headers = try? registered.configuredHeaders(),
            let endpoint = try? registered.endpoint(), !registered.record.defaultModel.isEmpty,
            !registered.record.defaultModel.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }
            )
        else { return nil }
        self.registered = registered
        self.exported = exported
        self.headers = headers
        self.endpoint = endpoint
    }

    /// Returns the reason why there are no snippets for a provider, in a sentence without a full stop.
    static func problem(of registered: RegisteredProvider) -> String {
        do throws(ProviderFailure) {
            _ = try registered.configuredHeaders()
            _ = try ExportedProvider(registered)
        } catch { return error.message }
        return "the model, or another value, cannot be passed to a program"
    }

    var record: Provider { registered.record }
    var facts: SlugFacts { record.slug.facts }

    /// The variable that holds the key; nil without one.
    var keyVariable: StaticString? { record.isKeyed ? facts.environment.keys.first : nil }

    /// Returns the command that runs a program with the variables of the provider's own SDK.
    func run(_ program: ShellScript) -> ShellScript { "roster exec \(word: registered.name) -- \(program)" }

    /// Returns the command that runs a program with the variables of an export.
    func runExported(_ program: ShellScript) -> ShellScript {
        "roster exec \(word: registered.name) --prefix -- \(program)"
    }

    /// The message of chat requests.
    static let greeting: StaticString = "Hello."

    /// The body of a chat request.
    var chatBody: [UInt8] {
        ChatBody.make(facts, model: record.defaultModel, Self.greeting.description, 1024)
    }
}
