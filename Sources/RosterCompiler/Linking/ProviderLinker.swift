import RosterSources

/// Links providers, one after another, and judges each with the secret that it links.
struct ProviderLinker {
    private let targets: LinkTargets
    /// What was found in the links.
    private(set) var findings = Findings()
    /// Positions of the secrets that are linked.
    private(set) var linked: Set<Int> = []
    /// Links that lead to no secret of their project, in order.
    private(set) var unresolved: [UnresolvedLink] = []

    /// The folder of the last provider, and the secrets beside it: those of one folder follow one another.
    private var folder: Int32 = -1
    private var secrets: [String: Int] = [:]

    init(_ targets: LinkTargets) { self.targets = targets }

    /// Where the link of a provider leads.
    mutating func link(_ provider: Shared<ProviderDeclaration>) -> Link {
        guard let link = provider.value.secret.located else {
            if let refused = provider.value.refusedSecret { leaveOpen(refused, of: provider, isHandle: false) }
            return .nowhere
        }
        let folder = targets.listing.folderOfFile[provider.value.file]
        if folder != self.folder {
            self.folder = folder
            secrets = targets.positions(in: targets.listing.project(of: provider.value.file))
        }
        guard let position = secrets[link.value] else {
            if targets.listing.isMisplacedSecret(link.value) { return .broken }
            leaveOpen(link, of: provider, isHandle: true)
            return .nowhere
        }
        guard position >= 0 else { return .broken }
        linked.insert(position)
        SecretHostMismatch.check(provider, targets.secrets[position], targets, beside: secrets, &findings)
        return .secret(Int32(position))
    }

    private mutating func leaveOpen(_ text: Located<String>, of provider: Shared<ProviderDeclaration>, isHandle: Bool) {
        unresolved.append(UnresolvedLink(file: provider.value.file, text: text, isHandle: isHandle))
    }
}
