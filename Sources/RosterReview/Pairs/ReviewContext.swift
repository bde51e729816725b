import RosterCompiler
import RosterModel
import RosterSemantics

/// The input of rules in addition to the pair, by reference: the two sides have dozens of fields.
final class ReviewContext: Sendable {
    let base: ReviewedTree
    let head: ReviewedTree
    /// The tip of the branch that the base was taken from; nil if the base itself is compared.
    let tip: ReviewedTree?
    /// Keys and access before and after the change.
    let trust: MergedTrust
    let access: AccessComparison
    /// Ids of added secrets that are in the base's history.
    let returnedSecrets: Set<String>
    /// A Boolean value that indicates whether the complete history was searched.
    let isHistoryComplete: Bool

    /// The path in the base of each secret that both sides have, by its path in the head.
    private let earlierPaths: [String: String]
    /// The origins that the base sends each secret to, by the secret's path.
    private let destinations: Set<Destination>
    /// The resources that policies of either side name.
    private let resources: Set<String>

    private struct Destination: Hashable {
        var secret: String
        var origin: Origin
    }

    init(
        base: ReviewedTree,
        head: ReviewedTree,
        tip: ReviewedTree?,
        trust: MergedTrust,
        access: AccessComparison,
        secrets: [SecretPair],
        returnedSecrets: Set<String>,
        isHistoryComplete: Bool
    ) {
        earlierPaths = Dictionary(
            secrets.compactMap(\.both).map { ($0.after.file.path, $0.before.file.path) }
        ) { first, _ in first }
        (self.base, self.head, self.tip) = (base, head, tip)
        (self.trust, self.access) = (trust, access)
        (self.returnedSecrets, self.isHistoryComplete) = (returnedSecrets, isHistoryComplete)
        destinations = Set(
            base.records.providers.flatMap { provider -> [Destination] in
                guard let secret = base.pathOfSecret(linkedBy: provider), let endpoint = provider.endpoint else {
                    return []
                }
                return endpoint.origins.map { Destination(secret: secret, origin: $0) }
            }
        )
        var resources: Set<String> = []
        for policy in [trust.before.access, head.records.access].compactMap({ $0?.policies }).joined() {
            for statement in policy.statements { resources.formUnion(statement.resources.map(\.text)) }
        }
        self.resources = resources
    }

    /// Returns a secret at the tip of the base; nil if the tip was not read or has no such secret.
    func tipSecret(_ id: String) -> PartialRegistry.Secret? {
        tip?.secretsByID[id]?.first.flatMap { position in tip?.records.secrets[position] }
    }

    /// Returns whether the base has the secret that a provider of the head links.
    ///
    /// Secrets are identified by their files, as pairs are: a second file with the same id is not in the base.
    func isInBase(secretLinkedBy provider: ReviewedProvider) -> Bool { earlierPath(ofSecretLinkedBy: provider) != nil }

    /// Returns whether the base sends the secret that a provider of the head links to an origin.
    func wentInBase(secretLinkedBy provider: ReviewedProvider, to origin: Origin) -> Bool {
        earlierPath(ofSecretLinkedBy: provider).map {
            destinations.contains(Destination(secret: $0, origin: origin))
        } ?? false
    }

    private func earlierPath(ofSecretLinkedBy provider: ReviewedProvider) -> String? {
        head.pathOfSecret(linkedBy: provider.record).flatMap { earlierPaths[$0] }
    }

    /// Returns whether a policy of either side names one of the resources.
    func isNamedInPolicies(_ names: Set<String>) -> Bool { !resources.isDisjoint(with: names) }
}
