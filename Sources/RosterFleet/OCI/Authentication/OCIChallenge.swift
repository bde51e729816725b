import RosterBytes

/// A challenge of a `WWW-Authenticate` field (RFC 9110, section 11.6.1).
package struct OCIChallenge: Hashable, Sendable {
    /// The scheme in lower case, such as `bearer`.
    package let scheme: String
    /// The parameters by their names in lower case.
    package let parameters: [String: String]

    package init(scheme: String, parameters: [String: String] = [:]) {
        (self.scheme, self.parameters) = (scheme, parameters)
    }

    /// The maximum number of bytes of all fields of an answer.
    static let byteLimit = 8 * 1024
    /// The maximum number of challenges of an answer, and of parameters of a challenge.
    static let countLimit = 16

    /// Parses the fields of an answer.
    ///
    /// - Returns: the challenges in order; nil when a field is not a list of challenges, or more than the limits allow.
    package static func parse(_ fields: [String]) -> [OCIChallenge]? {
        guard fields.reduce(0, { $0 + $1.utf8.count }) <= byteLimit else { return nil }
        var challenges: [OCIChallenge] = []
        for field in fields {
            var parser = ChallengeParser(Array(field.utf8))
            guard let parsed = parser.parse() else { return nil }
            challenges += parsed
            guard challenges.count <= countLimit else { return nil }
        }
        return challenges
    }
}
