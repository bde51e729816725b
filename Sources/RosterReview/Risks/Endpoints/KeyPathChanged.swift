import RosterModel

/// `key-path-changed`: the path of a baseUrl with a secret changes.
enum KeyPathChanged: ProviderRisk {
    static let name = "key-path-changed"
    static let risk = Risk.high
    static let summary = "the path of a baseUrl with a secret changes"
    static let explanation = """
        On a host that serves many tenants the path decides who receives the key. Ask whose path the new one is.
        """
    static let example = RiskExample(
        given: [
            RiskExample.withBaseURL
        ],
        .replace(RiskExample.provider, "api.openai.com/v1", with: "api.openai.com/tenants/7/v1")
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, let was = before.keyDestination, let now = after.keyDestination,
            was.origin == now.origin, was.path != now.path
        else { return nil }
        return
            "requests with the key go to \(now.path.isEmpty ? "/" : now.path) instead of \(was.path.isEmpty ? "/" : was.path)"
    }
}
