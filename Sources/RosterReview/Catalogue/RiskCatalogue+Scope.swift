extension RiskCatalogue {
    /// The records that the sentence of a rule names, besides the provider that it is about.
    package enum Scope: Sendable, Hashable {
        /// None: the sentence has only values of the provider.
        case provider
        /// Secrets of the provider's project.
        case secrets
        /// Anything, such as policies and tokens.
        case registry
    }

    /// Returns the scope of a rule in the row of a provider; unknown rules may name anything.
    package static func scope(ofRule name: String) -> Scope {
        if ownRules.contains(name) { return .provider }
        return secretRules.contains(name) ? .secrets : .registry
    }

    private static let ownRules: Set = [
        AmbientCredentialsGranted.name, ConfigChanged.name, DefaultModelChanged.name, FileMoved.name,
        KeyHeadersChanged.name, KeyPathChanged.name, KeylessEndpointChanged.name, LabelChanged.name,
        ProviderAdded.name, ProviderChangesProject.name, ProviderDeleted.name, RetiredModelAdopted.name,
        SlugChanged.name, SuppressionAdded.name, TextOnly.name, UnreadableRecord.name,
    ]

    private static let secretRules: Set = [KeyDestinationChanged.name, KnownSecretUsed.name, SecretLinkChanged.name]
}
