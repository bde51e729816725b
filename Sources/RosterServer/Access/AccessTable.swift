import RosterModel

/// The tokens of a snapshot, and the rights of each.
struct AccessTable: Sendable {
    /// A Boolean value that indicates whether the registry has no `access` section, so that every client has all rights.
    let isOpen: Bool
    private let views: [AccessView]
    private let tokens: TokenTable

    init(_ registry: Registry) {
        guard let access = registry.access else {
            isOpen = true
            views = [AccessView(openTo: registry)]
            tokens = TokenTable([])
            return
        }
        isOpen = false
        let policies = Dictionary(access.policies.map { ($0.name, $0) }) { first, _ in first }
        var views: [AccessView] = []
        var numbers: [[String?]: Int] = [:]
        tokens = TokenTable(
            access.tokens.map { token in
                let names = Array(Set(token.policies)).sorted()
                let key: [String?] = [token.project?.text] + names
                let number = numbers[key] ?? views.count
                if number == views.count {
                    numbers[key] = number
                    views.append(
                        AccessView(
                            number: number,
                            of: registry,
                            policies: names.compactMap { policies[$0] },
                            lock: token.project
                        )
                    )
                }
                return TokenTable.Entry(
                    id: token.id.description,
                    hash: token.hash,
                    expires: token.expires,
                    view: number
                )
            }
        )
        self.views = views
    }

    /// Returns the caller that a request's `Authorization` fields name; nil when the token is unknown or has expired.
    func caller(_ authorization: Authorization, today: CalendarDate) -> Caller? {
        if isOpen { return Caller(view: views[0], tokenID: nil) }
        return caller(Credential(authorization), today: today)
    }

    /// Returns the caller of a credential; nil when the token is unknown or has expired.
    func caller(_ credential: Credential, today: CalendarDate) -> Caller? {
        if isOpen { return Caller(view: views[0], tokenID: nil) }
        guard let hash = credential.hash, let entry = tokens.entry(of: hash) else { return nil }
        if let expires = entry.expires, expires < today { return nil }
        return Caller(view: views[entry.view], tokenID: entry.id)
    }
}

/// The client that makes a request.
struct Caller: Sendable {
    let view: AccessView
    /// The id of the token, for the log; nil at an open registry.
    let tokenID: String?
    /// A Boolean value that indicates whether the caller has the files themselves, so that nothing in them is hidden.
    var hasFiles = false
}

extension Outcome {
    /// Returns the outcome with a response whose log line names the caller's token.
    static func ready(_ response: Response, for caller: Caller) -> Outcome {
        var response = response
        response.tokenID = caller.tokenID
        return .ready(response)
    }
}
