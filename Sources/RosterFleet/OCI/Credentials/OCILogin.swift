/// The credentials of one registry, which no description shows.
package enum OCILogin: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// A user and a password.
    case password(user: String, password: String)
    /// A refresh token of OAuth 2.
    case identityToken(String)

    package var description: String { "(credentials)" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
