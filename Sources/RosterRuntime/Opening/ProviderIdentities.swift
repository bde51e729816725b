import RosterModel
package import SealedBoxes

/// Private sealing keys: what opens the secrets of a registry.
///
/// They live in locked memory and are never printed.
public struct ProviderIdentities: ~Copyable {
    let ring: IdentityRing

    /// None, for providers that need no key.
    public init() { ring = IdentityRing() }

    /// Reads identities from files that nobody else may read.
    ///
    /// - Throws: ``ProviderFailure`` with ``ProviderFailure/Code/identity``.
    public init(files: [String]) throws(ProviderFailure) {
        self.init(try Self.load(IdentitySources(files: files, environment: { _ in nil }), for: []))
    }

    /// Finds identities where Roster's commands do, but for the command line.
    ///
    /// That is `ROSTER_IDENTITY_FILE`, systemd's `$CREDENTIALS_DIRECTORY/roster-identity`, `ROSTER_IDENTITY`, and the
    /// user's own folder, in this order; the first that is given counts.
    ///
    /// - Parameters:
    ///   - provider: whose secret is to be opened.
    ///   - environment: the value of a variable, nil when it is not set.
    /// - Throws: ``ProviderFailure`` with ``ProviderFailure/Code/identity``.
    public init(
        for provider: RegisteredProvider,
        environment: @escaping (_ name: String) -> String?
    ) throws(ProviderFailure) {
        let keys = provider.secret?.boxes.map(\.key) ?? []
        self.init(try Self.load(IdentitySources(files: [], environment: environment), for: keys))
    }

    /// Takes identities that were found otherwise.
    package init(_ ring: consuming IdentityRing) { self.ring = ring }

    private static func load(_ sources: IdentitySources, for keys: [String]) throws(ProviderFailure) -> IdentityRing {
        ProcessHardening.apply()
        do {
            return try sources.load(for: keys)
        } catch {
            switch error {
            case .file(let path, _): throw ProviderFailure(.identity, "the identity \(path) cannot be used")
            case .variable: throw ProviderFailure(.identity, "\(IdentitySources.textVariable) holds no identity")
            }
        }
    }
}
