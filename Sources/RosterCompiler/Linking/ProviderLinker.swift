/// Links providers, one after another, and judges each with the secret that it links.
struct ProviderLinker {
    private let targets: LinkTargets
    /// What was found in the links.
    private(set) var findings = Findings()
    /// Positions of the secrets that are linked.
    private(set) var linked: Set<Int> = []

    /// The folder of the last provider, and the secrets beside it: those of one folder follow one another.
    private var folder: Int32 = -1
    private var secrets: [String: Int] = [:]
    private var suggestions = NameSuggestions()
    /// Made for the first link that leads nowhere.
    private lazy var projectsBySecret = targets.projectsBySecret

    init(_ targets: LinkTargets) { self.targets = targets }

    /// Where the link of a provider leads.
    mutating func link(_ provider: Shared<ProviderDeclaration>) -> Link {
        guard let link = provider.value.secret.located else { return .nowhere }
        let folder = targets.listing.folderOfFile[provider.value.file]
        if folder != self.folder {
            self.folder = folder
            secrets = targets.positions(in: targets.listing.project(of: provider.value.file))
        }
        guard let position = secrets[link.value] else {
            // A secret whose name is misspelt where it is linked is not unused: one mistake, one finding.
            let project = targets.listing.project(of: provider.value.file)
            let nearest = suggestions.nearest(to: link.value, in: project) { [secrets] in Array(secrets.keys) }
            if let meant = nearest.flatMap({ secrets[$0] }), meant >= 0 { linked.insert(meant) }
            UnknownSecret.report(
                link,
                of: provider.value,
                nearest: nearest,
                alsoIn: projectsBySecret[link.value] ?? [],
                targets,
                &findings
            )
            return .nowhere
        }
        guard position >= 0 else { return .broken }
        linked.insert(position)
        SecretHostMismatch.check(provider, targets.secrets[position], targets.listing, &findings)
        return .secret(Int32(position))
    }
}
