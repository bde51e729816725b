import RosterModel

/// Holds a secret's boxes against the sealing keys of roster.yaml, for the four rules that speak of them.
enum BoxRecipients {
    static func check(_ model: LinkedModel, _ findings: inout Findings) {
        let keys = model.roster.sealingKeys
        let active = keys.filter { !$0.isRetired }
        // With a broken list of keys, or none that is active, one diagnostic there says all that is to say.
        guard model.roster.areSealingKeysWhole, !active.isEmpty else { return }
        let retired = Set(keys.filter(\.isRetired).map(\.id.value))
        let known = Set(keys.map(\.id.value))
        for secret in model.secrets where secret.value.areBoxesWhole {
            check(secret.value, active: active, retired: retired, known: known, &findings)
        }
    }

    private static func check(
        _ secret: SecretDeclaration,
        active: [SealingKeyDeclaration],
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
        let missing = active.filter { key in !secret.boxes.contains { $0.key.value == key.id.value } }
        // A box for an unknown key most likely stands for the one that seems to be missing.
        if !missing.isEmpty, unknown.isEmpty { MissingBox.report(missing, in: secret, &findings) }
    }
}
