import RosterModel

/// `key-path-changed`: the path of a baseUrl with a secret changes.
enum KeyPathChanged: ProviderRisk {
    static let name = "key-path-changed"
    static let risk = Risk.high
    static let summary = "the path that a key is sent to changes"
    static let explanation = """
        On a host with many tenants, the path controls who receives the key. The path changes with baseUrl, the \
        slug, and settings of config that are part of it. A model in the path is reported as default-model- \
        changed. Ask whose path the new one is.
        """
    static let example = RiskExample(
        given: [
            RiskExample.withBaseURL
        ],
        .replace(RiskExample.provider, "api.openai.com/v1", with: "api.openai.com/tenants/7/v1")
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, let was = before.keyEndpoint, let now = after.keyEndpoint else {
            return nil
        }
        let requests = [(was.chat, now.chat), (was.models, now.models)]
        let moved = requests.first { was, now in was.origin == now.origin && was.pathTemplate != now.pathTemplate }
        return moved.map { was, now in "requests with the key go to \(now.path) instead of \(was.path)" }
    }
}
