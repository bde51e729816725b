/// The rules of a review, in the order of the reference: the most severe first.
package enum RiskCatalogue {
    static let providers: [any ProviderRisk.Type] = [
        KeyDestinationChanged.self, AmbientCredentialsGranted.self, AccessWidenedByMove.self, KeyPathChanged.self,
        KeyHeadersChanged.self, RetiredModelAdopted.self, KnownSecretUsed.self, ProviderChangesProject.self,
        ProviderDeleted.self, SecretLinkChanged.self, SlugChanged.self, ProviderAdded.self, DefaultModelChanged.self,
        ConfigChanged.self, KeylessEndpointChanged.self, NamedInPolicy.self, FileMoved.self,
    ]

    static let secrets: [any SecretRisk.Type] = [
        AllowedHostsWidened.self, GenerationOutOfStep.self, SecretReturned.self, KeyReplaced.self,
        SecretDeleted.self, SecretChangesProject.self, SecretAdded.self, SecretResealed.self, GenerationAlone.self,
        RotationPostponed.self, AllowedHostsNarrowed.self,
    ]

    static let projects: [any ProjectRisk.Type] = [
        ProjectIDChanged.self, ProjectAddedOrRemoved.self, ProjectRenamed.self,
    ]

    static let sealingKeys: [any SealingKeyRisk.Type] = [
        SealingKeyTrusted.self, SealingKeyRetired.self, RetiredKeyRemoved.self,
    ]

    static let policies: [any PolicyRisk.Type] = [PolicyWidens.self]

    static let tokens: [any TokenRisk.Type] = [AccessWidened.self, TokenHashChanged.self, AccessNarrowed.self]

    /// Rules that do not concern exactly one record.
    static let others: [any RiskRule.Type] = [
        AccessRemoved.self, RosterRemoved.self, GuardedFileChanged.self, SearchIncomplete.self,
        HookConfigurationChanged.self, ManyProvidersChanged.self, UnreadableRecord.self, AccessChanged.self,
        CatalogueChanged.self, SuppressionAdded.self, LabelChanged.self, TextOnly.self,
    ]

    /// All rules, the most severe first.
    package static let all: [any RiskRule.Type] = {
        var rules: [any RiskRule.Type] = providers
        rules += secrets.map { $0 as any RiskRule.Type }
        rules += projects.map { $0 as any RiskRule.Type }
        rules += sealingKeys.map { $0 as any RiskRule.Type }
        rules += policies.map { $0 as any RiskRule.Type }
        rules += tokens.map { $0 as any RiskRule.Type }
        rules += others
        return Risk.allCases.reversed().flatMap { risk in rules.filter { $0.risk == risk } }
    }()

    /// Returns the rule with a name.
    package static func rule(named name: String) -> (any RiskRule.Type)? { all.first { $0.name == name } }
}
