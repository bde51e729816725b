extension RuleExample {
    /// The files of every example, unless it replaces them: one project, one provider, one secret.
    package static let common: [(path: String, text: String)] = [
        ("roster.yaml", roster),
        ("providers/acme/gpt-4o.yaml", provider),
        ("secrets/acme/openai-prod.yaml", secret),
    ]

    package static let roster = """
        roster: 1
        projects:
          acme:
            id: proj_V1StGXR8Z5jdHi6B
            name: Acme
        sealingKeys:
          - id: rk_62f2a51c7a6fc063339e14c9d3c2f988
            publicKey: 45mJiRDhoTLio5lyNwC5/yBj6QyTvINhR+cFBC5vCTY=
            name: production, 2026

        """

    /// A second sealing key, to append to ``roster``.
    package static let secondKey = """
          - id: rk_0ad9c00f55cfc78ea1464dc289947318
            publicKey: l+KfvtbnN3yuTEs53jKJ345eI+sSK3ejqUnApJzs+Tw=
            name: production, 2027

        """

    package static let provider = """
        id: aip_8QzKx0vT2mWb4NcR
        name: GPT-4o for checkout
        provider: openai
        defaultModel: gpt-5.6
        secret: openai-prod

        """

    package static let secret = """
        id: sec_J8sPq2LmN4tRvX6z
        name: OpenAI, production
        allowedHosts: [api.openai.com]
        generation: 1
        fingerprint: 0f1e2d3c4b5a69788796a5b4c3d2e1f0
        boxes:
          - key: rk_62f2a51c7a6fc063339e14c9d3c2f988
            box: \(box("B"))

        """

    /// A catalogue of models with one entry, built a few days before the day of the examples.
    package static func models(
        built: String = "2026-11-20",
        retires: String? = nil,
        complete: Bool = false
    ) -> String {
        let day = retires.map { "\"\($0)\"" } ?? "null"
        return """
            {
              "catalogue": 1,
              "built": "\(built)",
              "complete": [\(complete ? "\"openai\"" : "")],
              "models": [
                {
                  "provider": "openai",
                  "model": "gpt-next",
                  "retires": \(day),
                  "successors": ["gpt-5.6"],
                  "sources": [{"name": "our own tests", "seen": "2026-11-20"}]
                }
              ]
            }

            """
    }

    /// An entry of `boxes` for ``secondKey``.
    package static let secondBox = """
          - key: rk_0ad9c00f55cfc78ea1464dc289947318
            box: \(box("C"))

        """

    /// A box that looks like one and holds nothing: 304 bytes in base64.
    package static func box(_ letter: Character) -> String { String(repeating: letter, count: 405) + "A==" }

    /// `access` with a policy's statements, a list of tokens, or both, to append to ``roster``.
    package static func access(policies: String = "", tokens: String = "") -> String {
        var text = roster + "access:\n"
        if !policies.isEmpty { text += "  policies:\n" + policies }
        if !tokens.isEmpty { text += "  tokens:\n" + tokens }
        return text
    }

    package static let readerPolicy = """
            catalog-reader:
              - effect: Allow
                action: [aiProviders:ListAiProviders, aiProviders:GetAiProvider]
                resource: ["acme/*"]

        """

    package static let readerToken = """
            - id: key_q2Wm9ZtL5rYb7KsV
              name: billing dashboard
              hash: 5d0c8b7a6f5e4d3c2b1a09f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8
              policies: [catalog-reader]

        """

    /// An endpoint on the user's own machine, which needs no key.
    package static func ollama(_ lines: String = "") -> String {
        """
        id: aip_5mLd1oQaRw7yXz2B
        name: Local model
        provider: ollama
        defaultModel: llama3.2
        \(lines)
        """
    }

    /// The provider with its `baseUrl` line, linked to a secret that allows the host.
    package static func provider(baseURL: String) -> String { provider + "baseUrl: \(baseURL)\n" }

    /// The secret with other hosts.
    package static func secret(hosts: String) -> String {
        secret.replacing("[api.openai.com]", with: "[\(hosts)]")
    }
}

extension String {
    /// The text with every occurrence of a word replaced.
    package func replacing(_ word: String, with other: String) -> String {
        var result = ""
        var rest = self[...]
        while let start = rest.indices.first(where: { rest[$0...].hasPrefix(word) }) {
            result += rest[..<start] + other
            rest = rest[rest.index(start, offsetBy: word.count)...]
        }
        return result + rest
    }
}
