import RosterModel

/// What one token may do, and for how long.
struct TokenGrants: Hashable {
    /// What it may do while it is valid.
    let grants: AccessGrants
    /// The last day that it is valid; nil when it stays so.
    let expires: CalendarDate?

    init(_ token: Access.Token, policies: [Access.Policy]) {
        let own = token.policies.compactMap { name in policies.first { $0.name == name } }
        grants = AccessGrants(policies: own, lock: token.project)
        expires = token.expires
    }
}
