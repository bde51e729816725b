import RosterModel

/// Runs the rules that look at more than one file.
enum LinkedRules {
    /// What they find: the links, which are most of the work, by several threads, and beside them all else.
    static func findings(in model: LinkedModel, concurrency: Int) async -> Findings {
        async let others = findingsBesideLinks(in: model)
        let parts = await ParallelRanges(model.providers.indices, concurrency: concurrency).map { range in
            findingsInLinks(of: range, model)
        }
        var findings = await others
        for part in parts { findings.append(contentsOf: part) }
        return findings
    }

    private static func findingsInLinks(of providers: Range<Int>, _ model: LinkedModel) -> Findings {
        var findings = Findings()
        for position in providers {
            let provider = model.providers[position]
            guard let link = provider.value.secret.located else { continue }
            switch model.link(ofProviderAt: position) {
            case .secret(let secret): SecretHostMismatch.check(provider, secret, model, &findings)
            case .broken: break
            case nil: UnknownSecret.report(link, of: provider.value, model, &findings)
            }
        }
        return findings
    }

    private static func findingsBesideLinks(in model: LinkedModel) -> Findings {
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
        DuplicateID.check(model.providers, hashes: model.providerHashes.ids, \.id, in: \.file, &findings)
        DuplicateID.check(model.secrets, hashes: model.secretHashes, \.id, in: \.file, &findings)
        DuplicateID.check(model.roster.projects.map { ($0.id, 0) }, &findings)
        let tokens = model.roster.access?.tokens ?? []
        DuplicateID.check(tokens.map { ($0.id, 0) }, &findings)
        DuplicateID.check(tokens: tokens, &findings)
        DuplicateID.check(keys: model.roster.sealingKeys, &findings)
    }
}
