import RosterBridges
import RosterModel

extension Snippet {
    /// Returns the snippet for the LiteLLM proxy; nil when it would send requests elsewhere than Roster.
    ///
    /// The proxy does not start without a master key, and listens on every address of the machine unless it gets one.
    static func liteLLM(_ provider: SnippetProvider) -> Snippet? {
        guard let configuration = configuration(of: provider, as: .litellm) else { return nil }
        return Snippet(
            title: "LiteLLM",
            needs: "pip install 'litellm[proxy]'",
            blocks: [
                Block(file: "litellm.yaml", text: configuration),
                .command(
                    """
                    export LITELLM_MASTER_KEY="${LITELLM_MASTER_KEY:-sk-$(openssl rand -hex 32)}"
                    \(provider.runExported("litellm --config litellm.yaml --host 127.0.0.1"))
                    """
                ),
            ]
        )
    }

    /// Returns the snippet for opencode; nil when it would send requests elsewhere than Roster.
    static func openCode(_ provider: SnippetProvider) -> Snippet? {
        guard let configuration = configuration(of: provider, as: .opencode) else { return nil }
        let model = "\(provider.exported.objectName)/\(provider.record.defaultModel)"
        return Snippet(
            title: "opencode",
            needs: "its configuration",
            blocks: [
                Block(file: "opencode.json", text: configuration),
                .command(provider.runExported("opencode --model \(word: model)")),
            ]
        )
    }

    /// Returns the file that `roster export` writes for one provider; nil for a provider that the format cannot express.
    private static func configuration(of provider: SnippetProvider, as format: ExportFormat) -> String? {
        var findings: [ExportFinding] = []
        let text = format.configuration(of: [provider.exported], &findings)
        guard !findings.contains(where: \.isLeftOut) else { return nil }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
