import RosterBytes
import RosterModel
import RosterSources

/// Runs the rules that look at more than one file.
enum LinkedRules {
    /// What they find, but for the links, which ``ProviderLinker`` judges.
    static func findings(in model: LinkedModel) -> Findings {
        var findings = Findings()
        UnexpectedFile.check(model, &findings)
        checkIDs(model, &findings)
        DuplicateName.check(model, &findings)
        UnknownProject.check(model, &findings)
        EmptyProject.check(model, &findings)
        for secret in model.secrets { RotationDue.check(secret.value, model, &findings) }
        let meant = UnknownSecret.check(model, &findings)
        UnusedSecret.check(model, except: meant, &findings)
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
        // By path: `a-b/…` precedes `a/…`, although the handle `a` comes first.
        let providers = model.repeated.ids.map { model.providers[$0] }
            .sorted { model.listing.files[$0.file].path.precedesInBytes(model.listing.files[$1.file].path) }
        DuplicateID.check(
            providers.map { ($0.declaration?.value.id, $0.file) },
            freshID: { _ in FreshID(ProviderKind.self, duplicateIn: nil) },
            &findings
        )
        DuplicateID.checkSecrets(model, &findings)
        let projects = model.roster.projects
        DuplicateID.check(
            projects.map { ($0.id, 0) },
            freshID: { FreshID(ProjectKind.self, duplicateIn: projects[$0].handle.value) },
            &findings
        )
        let tokens = model.roster.access?.tokens ?? []
        DuplicateID.check(
            tokens.map { ($0.id, 0) },
            freshID: { _ in FreshID(TokenKind.self, duplicateIn: nil) },
            &findings
        )
        DuplicateID.check(tokens: tokens, &findings)
        DuplicateID.check(keys: model.roster.sealingKeys, &findings)
    }
}
