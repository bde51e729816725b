import RosterModel

/// Runs the rules that look at more than one file.
enum LinkedRules {
    /// What they find, two groups of them side by side.
    static func findings(in model: LinkedModel) async -> Findings {
        async let found = run(checkRecords, model)
        var findings = run(checkNames, model)
        findings.append(contentsOf: await found)
        return findings
    }

    private static func run(_ rules: (LinkedModel, inout Findings) -> Void, _ model: LinkedModel) -> Findings {
        var findings = Findings()
        rules(model, &findings)
        return findings
    }

    /// Whether what must differ does: about half of the work.
    private static func checkNames(_ model: LinkedModel, _ findings: inout Findings) {
        checkIDs(model, &findings)
        DuplicateName.check(model, &findings)
    }

    private static func checkRecords(_ model: LinkedModel, _ findings: inout Findings) {
        UnknownProject.check(model, &findings)
        EmptyProject.check(model, &findings)
        for (position, provider) in model.providers.enumerated() {
            guard let link = provider.value.secret.located else { continue }
            switch model.link(ofProviderAt: position) {
            case .secret(let secret): SecretHostMismatch.check(provider, secret, model, &findings)
            case .broken: break
            case nil: UnknownSecret.report(link, of: provider.value, model, &findings)
            }
        }
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
    }

    private static func checkIDs(_ model: LinkedModel, _ findings: inout Findings) {
        DuplicateID.check(model.providers.map(\.value.file), model.providers.map(\.value.id), &findings)
        DuplicateID.check(model.secrets.map(\.value.file), model.secrets.map(\.value.id), &findings)
        DuplicateID.check(model.roster.projects.map { _ in 0 }, model.roster.projects.map(\.id), &findings)
        let tokens = model.roster.access?.tokens ?? []
        DuplicateID.check(tokens.map { _ in 0 }, tokens.map(\.id), &findings)
        DuplicateID.check(tokens: tokens, &findings)
        DuplicateID.check(keys: model.roster.sealingKeys, &findings)
    }
}
