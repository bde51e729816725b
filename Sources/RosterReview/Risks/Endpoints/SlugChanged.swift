import RosterCompiler
import RosterModel
import RosterSemantics

/// `slug-changed`: the slug changes while the host with the key stays.
enum SlugChanged: ProviderRisk {
    static let name = "slug-changed"
    static let risk = Risk.high
    static let summary = "the slug changes while the host with the key stays"
    static let explanation = """
        A different slug sends the key in a different header, and requests in a different format, to the same \
        host. Ask whether the host supports it.
        """
    static let example = RiskExample(
        given: [
            RiskExample.withBaseURL
        ],
        .replace(RiskExample.provider, "provider: openai", with: "provider: custom")
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, let was = before.record.slug, let now = after.record.slug, was != now,
            let origin = after.keyEndpoint?.base.origin, before.keyEndpoint?.base.origin == origin
        else { return nil }
        return "\(origin) receives requests for \(now.rawValue) instead of \(was.rawValue)"
    }
}
