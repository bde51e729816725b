/// The facts in a secret's file that its boxes repeat.
package struct SecretClaims: Hashable, Sendable {
    /// The secret's id, `sec_…`.
    package var secretID: String
    /// The id of its project, `proj_…`.
    package var projectID: String
    /// 1 to ``maximumGeneration``.
    package var generation: UInt64
    /// The entries of `allowedHosts`, in the file's order.
    package var allowedHosts: [String]

    /// The largest integer that every JSON parser preserves: 2^53 − 1.
    package static let maximumGeneration: UInt64 = (1 << 53) - 1

    /// Creates claims from their parts.
    package init(secretID: String, projectID: String, generation: UInt64, allowedHosts: [String]) {
        self.secretID = secretID
        self.projectID = projectID
        self.generation = generation
        self.allowedHosts = allowedHosts
    }

    /// The hosts in the ascending byte order of the payload.
    var orderedHosts: [[UInt8]] { allowedHosts.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) } }
}
