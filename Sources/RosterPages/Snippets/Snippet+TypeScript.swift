import RosterModel
import RosterRuntime

extension Snippet {
    /// Returns the snippet for TypeScript.
    ///
    /// The file is a module, which may wait for an answer at its top level. Node.js removes the types, so that no other
    /// program gets the key.
    static func typeScript(_ provider: SnippetProvider) -> Snippet {
        let (package, code) = TypeScriptProgram(provider).text
        return Snippet(
            title: "TypeScript",
            needs: "npm install \(package), Node.js 22.18 or later",
            blocks: [Block(file: "app.mts", text: code.text), .command(provider.run("node app.mts"))]
        )
    }
}

/// A program in TypeScript that sends one message.
private struct TypeScriptProgram {
    let provider: SnippetProvider

    init(_ provider: SnippetProvider) { self.provider = provider }

    /// The name of the library's package, and the program.
    var text: (package: StaticString, code: SourceCode) {
        switch ClientLibrary(provider) {
        case .openAI: ("openai", completion("import OpenAI from \"openai\";", "OpenAI"))
        case .azureOpenAI: ("openai", completion("import { AzureOpenAI } from \"openai\";", "AzureOpenAI"))
        case .groq: ("groq-sdk", completion("import Groq from \"groq-sdk\";", "Groq"))
        case .anthropic: ("@anthropic-ai/sdk", anthropic)
        case .google: ("@google/genai", google)
        case .ollama: ("ollama", ollama)
        case .bedrock: ("@aws-sdk/client-bedrock-runtime", bedrock)
        }
    }

    private func value(of variable: StaticString) -> SourceCode { "process.env.\(variable)" }

    /// The model, which `roster exec` always sets.
    private var model: SourceCode { "\(value(of: VariableForm.model))!" }

    /// Returns an object of arguments; empty without one.
    private func object(_ members: [SourceCode]) -> SourceCode {
        members.isEmpty ? "" : "{\n" + members.map { "  \($0),\n" }.joined(separator: "") + "}"
    }

    /// The arguments of a client that it does not read from variables.
    private var arguments: SourceCode {
        var arguments: [SourceCode] = []
        if let variables = provider.variablesToPass {
            arguments.append("apiKey: \(value(of: variables.key))")
            arguments.append("baseURL: \(value(of: variables.baseURL))")
        }
        let headers = provider.headersToPass.map { "\(string: $0.name): \(string: $0.value)" as SourceCode }
        if !headers.isEmpty { arguments.append("defaultHeaders: { \(headers.joined(separator: ", ")) }") }
        return object(arguments)
    }

    private func completion(_ statement: SourceCode, _ name: StaticString) -> SourceCode {
        """
        \(statement)

        const client = new \(name)(\(arguments));
        const answer = await client.chat.completions.create({
          model: \(model),
          messages: [{ role: "user", content: "\(SnippetProvider.greeting)" }],
        });
        console.log(answer.choices[0].message.content);
        """
    }

    private var anthropic: SourceCode {
        """
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic(\(arguments));
        const message = await client.messages.create({
          model: \(model),
          max_tokens: 1024,
          messages: [{ role: "user", content: "\(SnippetProvider.greeting)" }],
        });
        console.log(message.content);
        """
    }

    /// The library reads the key and the base URL from variables, and the version of the API from none.
    private var google: SourceCode {
        let version = provider.facts.environment.version.map { ["apiVersion: \(value(of: $0))" as SourceCode] } ?? []
        return """
            import { GoogleGenAI } from "@google/genai";

            const client = new GoogleGenAI(\(object(version)));
            const answer = await client.models.generateContent({
              model: \(model),
              contents: "\(SnippetProvider.greeting)",
            });
            console.log(answer.text);
            """
    }

    /// The library reads no variables.
    private var ollama: SourceCode {
        var members: [SourceCode] = []
        if let url = provider.facts.environment.baseURL { members.append("host: \(value(of: url))") }
        if let key = provider.keyVariable {
            members.append("headers: { Authorization: `Bearer ${\(value(of: key))}` }")
        }
        return """
            import { Ollama } from "ollama";

            const client = new Ollama(\(object(members)));
            const answer = await client.chat({
              model: \(model),
              messages: [{ role: "user", content: "\(SnippetProvider.greeting)" }],
            });
            console.log(answer.message.content);
            """
    }

    private var bedrock: SourceCode {
        """
        import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";

        const client = new BedrockRuntimeClient({});
        const answer = await client.send(new ConverseCommand({
          modelId: \(model),
          messages: [{ role: "user", content: [{ text: "\(SnippetProvider.greeting)" }] }],
        }));
        console.log(answer.output?.message?.content);
        """
    }
}
