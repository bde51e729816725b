import RosterCompiler
import RosterModel
import RosterSemantics

/// `key-destination-changed`: the scheme, host or port that a key goes to changes.
enum KeyDestinationChanged: ProviderRisk {
    static let name = "key-destination-changed"
    static let risk = Risk.critical
    static let summary = "the scheme, host or port that a key goes to changes"
    static let explanation = """
        The server at the new address receives the key with the first request. The address changes with baseUrl, \
        the slug, settings of config that are part of the host, and a link to a different secret. First ask \
        whose host it is, and whether the secret's allowedHosts were widened for it.
        """
    static let example = RiskExample(
        .append(RiskExample.provider, "baseUrl: https://eu.api.openai.com/v1\n"),
        .replace(
            RiskExample.secret,
            "allowedHosts: [api.openai.com]",
            with: "allowedHosts: [api.openai.com, eu.api.openai.com]"
        )
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, let secret = after.record.shownSecret else { return nil }
        let key = "the key \(after.file.project)/\(secret)"
        guard let now = after.record.endpoint else {
            let isSame = before.record.endpoint == nil && !pair.fields.contains { isPartOfURL($0.path) }
            return isSame ? nil : "the destination of \(key) is unknown"
        }
        if before.record.secretID == after.record.secretID, let was = before.keyEndpoint {
            return zip(was.origins, now.origins).first { $0 != $1 }.map { was, now in
                "\(key) would go to \(now) instead of \(was)"
            }
        }
        // With another key than in the base, an origin is new only when that key was never sent there.
        guard context.isInBase(secretLinkedBy: after) else { return nil }
        return now.origins.first { !context.wentInBase(secretLinkedBy: after, to: $0) }.map { origin in
            "\(key) would go to \(origin), where it never went"
        }
    }

    /// Returns whether a field can be part of the URL of a request.
    private static func isPartOfURL(_ path: String) -> Bool {
        ["baseUrl", "provider", "defaultModel", "config"].contains(path) || path.hasPrefix("config.")
    }
}
