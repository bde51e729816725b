/// A request to write, and the members that the record has after the edit it asks for.
package struct WantedRecord: Sendable {
    package var method: String
    /// The provider to change; nil to create one.
    package var id: String?
    package var body: String?
    /// The members that change, as a JSON object.
    package var expected = "{}"

    package static let all = [
        WantedRecord(
            method: "PATCH",
            id: ServedRepository.gpt,
            body: #"{"defaultModel":"gpt-5.4"}"#,
            expected: #"{"defaultModel":"gpt-5.4"}"#
        ),
        WantedRecord(
            method: "PATCH",
            id: ServedRepository.gpt,
            body: """
                {"name": "it's $HOME \\"é\\" `x` \\\\ 100%",
                 "config": {"organization": null, "a": {"b": [1, 2.5, true, null, "no"]}}}
                """,
            expected: """
                {"name": "it's $HOME \\"é\\" `x` \\\\ 100%", "config": {"a": {"b": [1, 2.5, true, null, "no"]}}}
                """
        ),
        WantedRecord(
            method: "PATCH",
            id: ServedRepository.gpt,
            body: #"{"provider":"ollama","secretId":null,"baseUrl":null,"config":null}"#,
            expected: #"{"provider":"ollama","secretId":null,"baseUrl":null,"config":null}"#
        ),
        WantedRecord(
            method: "PATCH",
            id: ServedRepository.claude,
            body: openAI,
            expected: openAI
        ),
        WantedRecord(
            method: "PATCH",
            id: "aip_wh07ZxP20aoCLAzB",
            body: #"{"config":{"retry":{"max":null}}}"#,
            expected: #"{"config":{"retry":{"backoff":0.5}}}"#
        ),
        WantedRecord(method: "DELETE", id: ServedRepository.gateway),
        created(
            """
            {"projectId": "\(ServedRepository.acme)", "name": "Neu: über", "provider": "ollama",
             "defaultModel": "on", "secretId": null, "baseUrl": null, "config": {"x": "1"}}
            """
        ),
        created(
            """
            {"defaultModel": "gpt-5.6", "provider": "openai", "name": "GPT-4o", "projectId": "\(ServedRepository.acme)",
             "secretId": "\(ServedRepository.openAISecret)", "baseUrl": "https://eu.api.openai.com/v1", "config": null}
            """
        ),
    ]

    private static let openAI =
        #"{"secretId":"sec_nxs4i9q9IqVxDZmO","provider":"openai","baseUrl":"https://eu.api.openai.com/v1"}"#

    private static func created(_ body: String) -> WantedRecord {
        WantedRecord(method: "POST", body: body, expected: body)
    }
}
