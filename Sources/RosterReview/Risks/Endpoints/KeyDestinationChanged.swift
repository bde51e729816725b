import RosterCompiler
import RosterModel

/// `key-destination-changed`: the scheme, host or port that a key goes to changes.
enum KeyDestinationChanged: ProviderRisk {
    static let name = "key-destination-changed"
    static let risk = Risk.critical
    static let summary = "the scheme, host or port that a key goes to changes"
    static let explanation = """
        Whoever answers at the new place receives the key with the first request. It changes by baseUrl, by the \
        slug, by what config makes of a host, and by a link to another secret. Ask whose host it is before \
        anything else, and whether the secret's allowedHosts were widened to let it pass.
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
        guard let (before, after) = pair.both, let secret = after.record.secret else { return nil }
        guard let now = after.record.base?.origin else {
            let isSame = before.record.base == nil && pair.field("baseUrl") == nil && pair.field("provider") == nil
            return isSame ? nil : "nobody can say where the key \(after.file.project)/\(secret) would go"
        }
        let key = "the key \(after.file.project)/\(secret) would go to \(now)"
        if before.record.secretID == after.record.secretID, let was = before.keyDestination?.origin {
            return was == now ? nil : "\(key) instead of \(was)"
        }
        // Another key than before: new is only where it never went.
        guard let id = after.record.secretID, context.base.secretsByID[id] != nil, !context.wentInBase(id, to: now)
        else {
            return nil
        }
        return "\(key), where it never went"
    }
}
