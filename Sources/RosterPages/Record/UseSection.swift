/// The section of a provider's page with the ways to use it from a program.
enum UseSection {
    /// Returns the contents of the section.
    static func contents(_ snippets: [Snippet]) -> HTML {
        let parts: [HTML] = snippets.enumerated().map { index, snippet in
            let blocks: [HTML] = snippet.blocks.map { block in
                let file: HTML? = block.file.map { "<p><small>\($0)</small></p>" }
                return "\(file)\(.code(block.text, "\(snippet.title), \(block.file ?? "command")"))"
            }
            return """
                <details\(constant: index == 0 ? " open" : "")><summary>\(snippet.title)<small>\(snippet.needs)</small>\
                </summary>\(blocks)</details>
                """
        }
        return """
            <p>Run each in a clone of the registry. <code>roster exec</code> passes the key and the address to the program; \
            neither is written in your code.</p>
            <div class=use>\(parts)</div>
            """
    }
}
