import RosterModel
import RosterRuntime

extension Snippet {
    /// Returns the snippet for Python.
    static func python(_ provider: SnippetProvider) -> Snippet {
        let (package, code) = PythonProgram(provider).text
        return Snippet(
            title: "Python",
            needs: "pip install \(package)",
            blocks: [Block(file: "app.py", text: code.text), .command(provider.run("python3 app.py"))]
        )
    }
}

/// A program in Python that sends one message.
private struct PythonProgram {
    let provider: SnippetProvider

    init(_ provider: SnippetProvider) { self.provider = provider }

    /// The name of the library's package, and the program.
    var text: (package: StaticString, code: SourceCode) {
        switch ClientLibrary(provider) {
        case .openAI: ("openai", completion("openai", "OpenAI"))
        case .azureOpenAI: ("openai", completion("openai", "AzureOpenAI"))
        case .groq: ("groq", completion("groq", "Groq"))
        case .anthropic: ("anthropic", anthropic)
        case .google: ("google-genai", google)
        case .ollama: ("ollama", ollama)
        case .bedrock: ("boto3", bedrock)
        }
    }

    private func value(of variable: StaticString) -> SourceCode { #"os.environ["\#(variable)"]"# }

    private var model: SourceCode { value(of: VariableForm.model) }

    /// The arguments of a client that it does not read from variables.
    private var arguments: SourceCode {
        var arguments: [SourceCode] = []
        if let variables = provider.variablesToPass {
            arguments.append("api_key=\(value(of: variables.key))")
            arguments.append("base_url=\(value(of: variables.baseURL))")
        }
        let headers = provider.headersToPass.map { "\(string: $0.name): \(string: $0.value)" as SourceCode }
        if !headers.isEmpty { arguments.append("default_headers={\(headers.joined(separator: ", "))}") }
        guard !arguments.isEmpty else { return "" }
        return "\n" + arguments.map { "    \($0),\n" }.joined(separator: "")
    }

    private func completion(_ module: StaticString, _ name: StaticString) -> SourceCode {
        """
        import os
        from \(module) import \(name)

        client = \(name)(\(arguments))
        answer = client.chat.completions.create(
            model=\(model),
            messages=[{"role": "user", "content": "\(SnippetProvider.greeting)"}],
        )
        print(answer.choices[0].message.content)
        """
    }

    private var anthropic: SourceCode {
        """
        import os
        from anthropic import Anthropic

        client = Anthropic(\(arguments))
        message = client.messages.create(
            model=\(model),
            max_tokens=1024,
            messages=[{"role": "user", "content": "\(SnippetProvider.greeting)"}],
        )
        print(message.content[0].text)
        """
    }

    private var google: SourceCode {
        """
        import os
        from google import genai

        client = genai.Client()
        answer = client.models.generate_content(
            model=\(model),
            contents="\(SnippetProvider.greeting)",
        )
        print(answer.text)
        """
    }

    private var ollama: SourceCode {
        """
        import os
        from ollama import Client

        client = Client()
        answer = client.chat(
            model=\(model),
            messages=[{"role": "user", "content": "\(SnippetProvider.greeting)"}],
        )
        print(answer.message.content)
        """
    }

    private var bedrock: SourceCode {
        """
        import os
        import boto3

        client = boto3.client("bedrock-runtime")
        answer = client.converse(
            modelId=\(model),
            messages=[{"role": "user", "content": [{"text": "\(SnippetProvider.greeting)"}]}],
        )
        print(answer["output"]["message"]["content"][0]["text"])
        """
    }
}
