import RosterModel

/// Holds a secret's boxes against the sealing keys of roster.yaml, for the four rules that speak of them.
enum BoxRecipients {
    static func check(_ model: LinkedModel, _ findings: inout Findings) {
        let keys = model.roster.sealingKeys
        let active = keys.filter { !$0.isRetired }
        // With a broken list of keys, or none that is active, one diagnostic there says all that is to say.
        guard model.roster.areSealingKeysWhole, !active.isEmpty else { return }
        let activeIDs = Set(active.map(\.id.value))
        let retired = Set(keys.filter(\.isRetired).map(\.id.value))
        let known = Set(keys.map(\.id.value))
        for secret in model.secrets where secret.value.areBoxesWhole {
            check(secret.value, active: active, activeIDs, retired: retired, known: known, &findings)
        }
    }

    private static func check(
        _ secret: SecretDeclaration,
        active: [SealingKeyDeclaration],
        _ activeIDs: Set<String>,
        retired: Set<String>,
        known: Set<String>,
        _ findings: inout Findings
    ) {
        let unknown = secret.boxes.filter { !known.contains($0.key.value) }
        for box in unknown { UnknownSealingKey.report(box, in: secret, &findings) }
        let stale = secret.boxes.filter { retired.contains($0.key.value) }
        guard !secret.boxes.isEmpty else { return }
        if stale.count == secret.boxes.count { return RetiredSealingKey.report(secret, &findings) }
        for box in stale { StaleBox.report(box, in: secret, &findings) }
        let sealed = Set(secret.boxes.map(\.key.value)).intersection(activeIDs)
        // A box for an unknown key is most likely for the one that seems to be missing.
        guard sealed.count < activeIDs.count, unknown.isEmpty else { return }
        let missing = active.lazy.filter { !sealed.contains($0.id.value) }.prefix(MissingBox.nameLimit)
        let others = activeIDs.count - sealed.count - missing.count
        MissingBox.report(Array(missing), and: max(0, others), in: secret, &findings)
    }
}
