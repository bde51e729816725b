import RosterJSON
import RosterModel
import RosterRuntime

extension Snippet {
    /// Returns the snippet for curl; nil for a provider whose requests are signed.
    ///
    /// The key is never an argument, which other users of the machine could read: `printf` is part of the shell. A
    /// here-document would write it to a file in some shells.
    static func curl(_ provider: SnippetProvider) -> Snippet? {
        if case .awsSignature = provider.facts.authentication { return nil }
        let url = provider.endpoint.chat.description
        // curl expands brackets and braces of a URL.
        let isGlobbed = url.utf8.contains { "[]{}".utf8.contains($0) }
        var script: ShellScript = ""
        var options: [ShellScript] = []
        if let key = provider.keyVariable {
            script = "printf '\(Self.keyHeader(provider.facts)) %s\\n' \"$\(key)\" |\n    "
            options.append("-H @-")
        }
        script += isGlobbed ? "curl -sS -g \(word: url)" : "curl -sS \(word: url)"
        options.append("-H 'Content-Type: application/json'")
        for header in provider.headers { options.append("-H \(word: "\(header.name): \(header.value)")") }
        options.append("-d \(json: provider.chatBody)")
        for option in options { script += " \\\n    \(option)" }
        return Snippet(
            title: "curl",
            needs: "one request",
            blocks: [.command(provider.run("sh \(input: script)"))]
        )
    }

    /// Returns the header that contains a key, with the words that precede it.
    private static func keyHeader(_ facts: SlugFacts) -> ShellScript {
        if case .header(let name) = facts.authentication { "\(name):" } else { "Authorization: Bearer" }
    }

    /// Returns the snippet for the command line of AWS; nil for another provider than Bedrock.
    ///
    /// The request is one JSON document. As an argument, a model that begins with `-` would be an option, and the program
    /// reads an argument that begins with `file://` from a file.
    static func awsCLI(_ provider: SnippetProvider) -> Snippet? {
        guard case .awsSignature = provider.facts.authentication else { return nil }
        var json = JSONWriter(.compact)
        json.object { json in
            json.name("modelId")
            json.string(provider.record.defaultModel)
            json.name("messages")
            json.value([["role": "user", "content": [["text": .string(SnippetProvider.greeting.description)]]]])
        }
        let request = json.bytes
        return Snippet(
            title: "AWS CLI",
            needs: "one request",
            blocks: [.command(provider.run("aws bedrock-runtime converse \\\n    --cli-input-json \(json: request)"))]
        )
    }
}
