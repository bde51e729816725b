import RosterModel

/// Runs the rules that look at more than one file.
enum LinkedRules {
    /// What they find, but for the links, which ``ProviderLinker`` judges.
    static func findings(in model: LinkedModel) -> Findings {
        var findings = Findings()
        checkIDs(model, &findings)
        DuplicateName.check(model, &findings)
        UnknownProject.check(model, &findings)
        EmptyProject.check(model, &findings)
        for secret in model.secrets { RotationDue.check(secret.value, model, &findings) }
        UnusedSecret.check(model, &findings)
        DuplicateBox.check(model, &findings)
        for key in model.roster.sealingKeys {
            if let publicKey = InvalidPublicKey.read(key, &findings) { KeyIDMismatch.check(key, publicKey, &findings) }
        }
        NoActiveKey.check(model, &findings)
        BoxRecipients.check(model, &findings)
        UnknownPolicy.check(model, &findings)
        UnknownResource.check(model, &findings)
        ExpiredToken.check(model, &findings)
        PartlyDenied.check(model, &findings)
        return findings
    }

    private static func checkIDs(_ model: LinkedModel, _ findings: inout Findings) {
        let providers = model.repeated.ids.map { model.providers[$0] }
        DuplicateID.check(providers.map { ($0.declaration?.value.id, $0.file) }, &findings)
        DuplicateID.check(model.secrets.map { ($0.value.id, $0.value.file) }, &findings)
        DuplicateID.check(model.roster.projects.map { ($0.id, 0) }, &findings)
        let tokens = model.roster.access?.tokens ?? []
        DuplicateID.check(tokens.map { ($0.id, 0) }, &findings)
        DuplicateID.check(tokens: tokens, &findings)
        DuplicateID.check(keys: model.roster.sealingKeys, &findings)
    }
}
