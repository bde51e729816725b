import RosterModel
package import SealedBoxes

/// Private sealing keys, which open the secrets of a registry.
///
/// They are in locked memory and are never printed.
public struct ProviderIdentities: ~Copyable {
    let ring: IdentityRing

    /// Creates an empty set, for providers that need no key.
    public init() { ring = IdentityRing() }

    /// Reads identities from files that no other user can read.
    ///
    /// - Throws: ``ProviderFailure`` with ``ProviderFailure/Code/identity``.
    public init(files: [String]) throws(ProviderFailure) {
        self.init(try Self.load(IdentitySources(files: files, environment: { _ in nil }), for: []))
    }

    /// Finds identities in the places that Roster's commands search.
    ///
    /// These are `ROSTER_IDENTITY_FILE`, systemd's `$CREDENTIALS_DIRECTORY/roster-identity`, `ROSTER_IDENTITY`, and the
    /// user's folder of identities, in this order; the first one that is set counts.
    ///
    /// - Parameters:
    ///   - provider: the provider whose secret is opened.
    ///   - environment: the value of a variable, nil when it is not set.
    /// - Throws: ``ProviderFailure`` with ``ProviderFailure/Code/identity``.
    public init(
        for provider: RegisteredProvider,
        environment: @escaping (_ name: String) -> String?
    ) throws(ProviderFailure) {
        let keys = provider.secret?.boxes.map(\.key.description) ?? []
        self.init(try Self.load(IdentitySources(files: [], environment: environment), for: keys))
    }

    /// Creates a set of the identities of a ring.
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
