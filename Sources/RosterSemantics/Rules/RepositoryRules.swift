package import RosterFrontend

/// The rules about more than one file, except those about a link, which the linker runs.
package enum RepositoryRules {
    static let repository: [any RepositoryRule.Type] = [
        DuplicateID.self, DuplicateName.self, UnknownProject.self, EmptyProject.self, UnknownSecret.self,
        UnusedSecret.self, UnknownResource.self, DuplicateBox.self, InvalidCatalogue.self, CatalogueStale.self,
    ]

    static let models: [any ModelRule.Type] = [ModelRetired.self, ModelRetiring.self, UnknownModel.self]

    static let secrets: [any SecretRule.Type] = [
        RotationDue.self, UnknownSealingKey.self, RetiredSealingKey.self, StaleBox.self, MissingBox.self,
    ]

    static let roster: [any RosterRule.Type] = [
        InvalidPublicKey.self, KeyIDMismatch.self, NoActiveKey.self, UnknownPolicy.self, ExpiredToken.self,
        PartlyDenied.self,
    ]

    /// The rules.
    package static var all: [any Rule.Type] { repository + models + secrets + roster }

    /// Returns the findings of every rule.
    package static func findings(in repository: LinkedRepository) -> Findings {
        var findings = Findings()
        UnexpectedFile.check(repository.listing, projects: repository.roster.projects.map(\.handle.value), &findings)
        let context = RepositoryContext(repository: repository, brokenLinks: brokenLinks(of: repository))
        for rule in self.repository { rule.check(context, &findings) }
        for rule in roster { rule.check(repository.roster, in: repository, &findings) }
        checkModels(of: repository, &findings)
        checkSecrets(of: repository, &findings)
        return findings
    }

    private static func checkModels(of repository: LinkedRepository, _ findings: inout Findings) {
        guard let catalogue = repository.models.catalogue else { return }
        var context = ModelContext(catalogue: catalogue, repository: repository)
        for use in repository.table.modelUses {
            context.use = use
            for rule in models { rule.check(&context, &findings) }
        }
    }

    private static func brokenLinks(of repository: LinkedRepository) -> [(link: UnresolvedLink, advice: LinkAdvice)] {
        guard !repository.unresolvedLinks.isEmpty else { return [] }
        var search = LinkSearch(repository)
        return repository.unresolvedLinks.map { ($0, search.advice(for: $0)) }
    }

    private static func checkSecrets(of repository: LinkedRepository, _ findings: inout Findings) {
        let keys = BoxRecipients.Keys(repository.roster)
        for secret in repository.secrets.lazy.map(\.value) {
            let context = SecretContext(
                declaration: secret,
                listing: repository.listing,
                today: repository.today,
                recipients: secret.areBoxesWhole ? keys.map { BoxRecipients(secret.boxes, $0) } : nil
            )
            for rule in secrets { rule.check(context, &findings) }
        }
    }
}
