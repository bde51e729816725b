package import RosterFrontend
import RosterSources

/// The linker: it resolves the link of each provider, and checks the provider with its secret.
package struct Linker {
    private let index: SecretIndex
    /// The findings in the links.
    package private(set) var findings = Findings()
    /// The positions of the secrets that are linked.
    package private(set) var linked: Set<Int> = []
    /// The links that resolve to no secret of their project, in order.
    package private(set) var unresolved: [UnresolvedLink] = []

    /// The folder of the last provider, and the secrets of its project: consecutive providers mostly share them.
    private var folder: Int32 = -1
    private var secrets: [String: Int] = [:]

    /// Creates a linker.
    package init(_ index: SecretIndex) { self.index = index }

    /// Returns the target of a provider's link.
    package mutating func link(_ provider: Shared<ProviderDeclaration>) -> Link {
        guard let link = provider.value.secret.located else {
            if let refused = provider.value.refusedSecret { leaveOpen(refused, of: provider, isHandle: false) }
            return .nowhere
        }
        let folder = index.listing.folderOfFile[provider.value.file]
        if folder != self.folder {
            self.folder = folder
            secrets = index.positions(in: index.listing.project(of: provider.value.file))
        }
        guard let position = secrets[link.value] else {
            if index.listing.isMisplacedSecret(link.value) { return .broken }
            leaveOpen(link, of: provider, isHandle: true)
            return .nowhere
        }
        guard position >= 0 else { return .broken }
        linked.insert(position)
        LinkRules.check(provider, index.secrets[position], index, siblings: secrets, &findings)
        return .secret(Int32(position))
    }

    private mutating func leaveOpen(_ text: Located<String>, of provider: Shared<ProviderDeclaration>, isHandle: Bool) {
        unresolved.append(UnresolvedLink(file: provider.value.file, text: text, isHandle: isHandle))
    }
}
