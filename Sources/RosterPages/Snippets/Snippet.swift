package import RosterRuntime

/// A way to use a provider from a program, for people to copy.
///
/// A snippet works when each file is saved and the last block is pasted into a shell, in a clone of the registry.
package struct Snippet: Hashable, Sendable {
    /// The name of the program or language.
    package let title: String
    /// The packages that it needs, or its purpose, for people.
    package let needs: String
    /// The files, and then the command.
    package let blocks: [Block]

    /// A text to copy.
    package struct Block: Hashable, Sendable {
        /// The name of the file to save the text in; nil for a command.
        package let file: String?
        /// The text, with lines that end with a line feed, except the last.
        package let text: String
    }
}

extension Snippet {
    /// Returns the snippets of a provider, in the order in which a page shows them.
    ///
    /// No snippet contains a key. The list lacks those that would not work, and is empty for a provider whose values
    /// no program gets from `roster exec`; see ``SnippetProvider``.
    package static func all(for provider: RegisteredProvider) -> [Snippet] {
        guard let provider = SnippetProvider(provider) else { return [] }
        return [exec, curl, awsCLI, python, typeScript, liteLLM, openCode].compactMap { $0(provider) }
    }

    /// Returns the snippet for any program.
    private static func exec(_ provider: SnippetProvider) -> Snippet {
        Snippet(
            title: "roster exec",
            needs: "any program, with the variables of the provider’s own SDK",
            blocks: [.command(provider.run("python3 app.py"))]
        )
    }
}

extension Snippet.Block {
    /// Returns the block of a command.
    static func command(_ script: ShellScript) -> Self { Self(file: nil, text: script.text) }
}
